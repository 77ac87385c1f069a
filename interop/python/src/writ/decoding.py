"""Decoding a token from its text (§7). It needs no key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias

from . import cose, expect, payload
from .caveats import Caveats
from .cbor import Value
from .cbor import decode as decode_cbor
from .decision import Mission, Task
from .errors import WritError
from .text import split_token
from .token import Block, Invocation, Signed, Token, default_subject

MAX_BLOCKS: Final = 32
LONGEST_LIFE: Final = 300
_SEED_SIZE: Final = 32
_TAG_SIZE: Final = 32

_Claims: TypeAlias = dict[int, Any]


def decode(text: str) -> Token:
    """Decode the text of a token, with whatever is attached to it."""
    secret, data, parts = split_token(text)
    item = decode_cbor(data)
    if not isinstance(item, list) or not 2 <= len(item) <= 3:
        raise WritError("token.shape")
    reader = _Reader(_suite(item[0]))
    blocks = reader.blocks(item[1])
    tag, invocation = reader.seal(item[2:])
    seed = _seed(tag is not None, invocation is not None, secret, parts)
    return Token(
        suite=reader.suite,
        grantor=reader.grantor,
        mission=reader.mission,
        blocks=blocks,
        invocation=invocation,
        tag=tag,
        seed=seed,
        evidence=() if seed else parts,
        data=data,
    )


def _suite(value: Value) -> Literal[1, 2]:
    if value == 1 and value is not True:
        return 1
    if value == 2:
        return 2
    raise WritError("token.suite")


def _seed(tagged: bool, sealed: bool, secret: bool, parts: tuple[bytes, ...]) -> bytes | None:
    """Judge the prefix and the parts by what the token is; the seed of a bundle."""
    if sealed and secret:
        raise WritError("text.prefix")
    if tagged:
        if not secret:
            raise WritError("text.prefix")
        if parts:
            raise WritError("text.secret")
    if tagged or not secret:
        return None
    if not parts:
        raise WritError("text.prefix")
    if len(parts) > 1 or len(parts[0]) != _SEED_SIZE:
        raise WritError("text.secret")
    return parts[0]


class _Reader:
    """Reads the objects of one token in their order, each linked to the block before."""

    def __init__(self, suite: Literal[1, 2]) -> None:
        self.suite = suite
        self.link = b""
        self.grantor = ""
        self.mission = Mission("", "")

    def blocks(self, value: Value) -> tuple[Block, ...]:
        if isinstance(value, list) and len(value) > MAX_BLOCKS:
            raise WritError("limit.blocks")
        if not isinstance(value, list) or not value:
            raise WritError("token.shape")
        return (self.root(value[0]), *map(self.hop, value[1:]))

    def root(self, value: Value) -> Block:
        signed, found = self.object(
            value, payload.GRANT[self.suite], self.judge_grant, with_kid=True
        )
        return self.block(signed, found, Task())

    def hop(self, value: Value) -> Block:
        signed, found = self.object(value, payload.HOP[self.suite], self.judge_hop)
        return self.block(signed, found, found.get(9, Task()))

    def block(self, signed: Signed, found: _Claims, task: Task) -> Block:
        self.link = signed.id
        return Block(
            object=signed,
            delegate=found[2],
            key=found.get(8),
            iat=found.get(6),
            cti=found.get(7),
            task=task,
            caveats=Caveats.of(found),
        )

    def seal(self, rest: list[Value]) -> tuple[bytes | None, Invocation | None]:
        """The third element: the last tag, an invocation, or nothing."""
        if self.suite == cose.SUITE_ED25519 and not rest:
            return None, None
        value = rest[0] if rest else None
        if self.suite == cose.SUITE_HMAC and isinstance(value, bytes) and len(value) == _TAG_SIZE:
            return value, None
        if not isinstance(value, list):
            raise WritError("token.seal")
        signed, found = self.object(value, payload.INVOCATION, _judge_invocation)
        return None, Invocation(
            object=signed,
            action=found[1],
            resource=found[2],
            audience=found[3],
            exp=found[4],
            iat=found[6],
            nonce=found[7],
            arguments=found.get(8),
            task=found.get(9, Task()),
        )

    def object(
        self,
        value: Value,
        kind: payload.Kind,
        judge: Callable[[_Claims], None],
        with_kid: bool = False,
    ) -> tuple[Signed, _Claims]:
        """Read a block or an invocation, by steps a to f."""
        bare = self.suite == cose.SUITE_HMAC and kind is not payload.INVOCATION
        if not isinstance(value, list) or len(value) != (3 if bare else 4):
            raise WritError("token.shape")
        header, unprotected, data, *proofs = value
        right = cose.kid_of(self.suite, header) if with_kid else header == cose.header(self.suite)
        if not right or not isinstance(header, bytes) or unprotected != {}:
            raise WritError("token.header")
        if not isinstance(data, bytes):
            raise WritError("token.shape")
        found = expect.claims(decode_cbor(data), kind.rules, kind.required)
        judge(found)
        proof = proofs[0] if proofs else None
        size = cose.PROOF_SIZES[self.suite]
        if proof is not None and not (isinstance(proof, bytes) and len(proof) == size):
            raise WritError("token.shape")
        signed = cose.signed_bytes(self.suite, header, kind.label, self.link, data)
        return Signed(header, data, proof, signed, cose.object_id(signed)), found

    def judge_grant(self, found: _Claims) -> None:
        self.grantor, self.mission = found[1], found[9]
        delegation = found.get(11)
        expect.degenerate(delegation is not None and delegation.depth == 0)
        self.judge_alive(found)

    def judge_hop(self, found: _Claims) -> None:
        if (15 in found or 16 in found) and 7 not in found:
            raise WritError("claim.missing", "limits and plan need an id")
        self.judge_alive(found)

    def judge_alive(self, found: _Claims) -> None:
        subject = default_subject(self.grantor, self.mission)
        expect.degenerate(any(entry.subject == subject for entry in found.get(12, ())))


def _judge_invocation(found: _Claims) -> None:
    expect.integer(found[4] - found[6], 1, LONGEST_LIFE)
