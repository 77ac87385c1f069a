"""Verification (§8): from a decoded token and trust anchors to a chain. It judges no caveat."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import Final, Literal

from . import cose
from .caveats.alive import Alive
from .caveats.facts import Place
from .decision import Mission
from .errors import WritError
from .evidence.piece import Piece, read_piece
from .keys import PublicKey, Secret
from .token import Block, Invocation, Token, common_audiences
from .trust import Anchor, Trust

SUITES: Final[dict[int, Literal["hmac", "ed25519"]]] = {
    cose.SUITE_HMAC: "hmac",
    cose.SUITE_ED25519: "ed25519",
}


@dataclass(frozen=True, slots=True)
class Chain:
    """A verified chain. It is a fact of the moment: verify at every request."""

    token: Token
    anchor: Anchor
    trust: Trust = field(repr=False)
    #: The pieces of evidence, read and not verified.
    evidence: tuple[Piece, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.token.blocks

    @property
    def invocation(self) -> Invocation | None:
        return self.token.invocation

    @property
    def grantor(self) -> str:
        return self.token.grantor

    @property
    def mission(self) -> Mission:
        return self.token.mission

    @property
    def subject(self) -> str:
        """The default subject (§5.5.6)."""
        return self.token.subject

    @property
    def suite(self) -> Literal["hmac", "ed25519"]:
        return SUITES[self.token.suite]

    def alive_entries(self, block: int) -> tuple[Alive, ...]:
        """The entries of alive in a block; behind those of the root, the anchor's own."""
        entries = self.blocks[block].caveats.alive or ()
        if block == 0 and self.anchor.alive is not None:
            return (*entries, self.anchor.alive)
        return entries

    def place(self, block: int) -> Place:
        """Where the caveats of a block stand."""
        return place(self.token, block)


def place(token: Token, block: int) -> Place:
    """Where the caveats of a block stand, in a token that need not be verified."""
    audiences = common_audiences(item.caveats.aud for item in token.blocks[: block + 1])
    return Place(block, token.subject, audiences, token.blocks[block + 1 :])


def verify(token: Token, trust: Trust, now: int, read_evidence: bool = True) -> Chain:
    """Verify a token. Evidence is read, or else refused; it is never ignored."""
    anchor = trust.find(token.kid, token.suite)
    if anchor is None:
        raise WritError("anchor.unknown")
    if not anchor.in_window(now):
        raise WritError("anchor.window")
    if not anchor.speaks(token.grantor):
        raise WritError("anchor.grantor")
    if isinstance(anchor.key, Secret):
        _verify_tags(token, anchor.key)
    else:
        _verify_signatures(token, anchor.key)
    if token.evidence and not read_evidence:
        raise WritError("evidence.unsupported")
    return Chain(token, anchor, trust, tuple(map(read_piece, token.evidence)))


def _verify_signatures(token: Token, root: PublicKey) -> None:
    """Block 0 by the anchor, every other object by the key in the block before it."""
    key: PublicKey | None = root
    sealed = [token.invocation] if token.invocation else []
    steps = [
        *((block.object, block.key) for block in token.blocks),
        *((invocation.object, None) for invocation in sealed),
    ]
    for signed, following in steps:
        if key is None or signed.proof is None:
            raise WritError("signature.invalid")
        key.require_strong()
        if not key.verifies(signed.signed, signed.proof):
            raise WritError("signature.invalid")
        key = following


def _verify_tags(token: Token, secret: Secret) -> None:
    """Each tag is the key of the next; only the last one is visible."""
    tag = secret.data
    for block in token.blocks:
        tag = cose.tag(tag, block.object.signed)
    shown = token.tag
    if token.invocation is not None:
        tag = cose.tag(tag, token.invocation.object.signed)
        shown = token.invocation.object.proof
    if shown is None or not hmac.compare_digest(tag, shown):
        raise WritError("mac.invalid")
