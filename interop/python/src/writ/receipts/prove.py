"""What an auditor proves of a receipt, with trust of their own (§9.8.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..decide import Request, decide
from ..decision import Denial
from ..decoding import decode
from ..errors import WritError
from ..evidence import Answer, Consent, Piece, read_piece
from ..evidence.piece import Kind
from ..keys import PublicKey
from ..text import PREFIX, to_base64url
from ..trust import Trust
from ..verify import Chain, verify
from ..weigh.approval import is_for
from ..weigh.authentic import link_of
from ..weigh.consent import weigh_consent
from .log import Logged

# A receipt has neither the arguments nor what was observed, and no store.
_UNKNOWN_CODES: Final = {"invocation.arguments", "scope.arguments"}
_UNKNOWN_CAVEATS: Final = {"alive", "approval", "context", "limits", "plan", "consent", "ext"}


@dataclass(frozen=True, slots=True)
class Proven:
    """What became of the token, in what the summary differs from it, and the evidence."""

    #: `verified`, `absent`, or the code with which the token is refused.
    token: str
    differs: tuple[str, ...]
    #: Of each item its kind, or None where it proves nothing for this chain and request.
    evidence: tuple[Kind | None, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "token": self.token,
            "differs": list(self.differs),
            "evidence": list(self.evidence),
        }


def prove(logged: Logged, trust: Trust) -> Proven:
    """Verify the token of a receipt at its time, and compare it with the summary."""
    claims = logged.receipt.claims
    nothing = (None,) * len(claims.evidence)
    if claims.token is None:
        return Proven("absent", (), nothing)
    try:
        chain = verify(decode(PREFIX + to_base64url(claims.token)), trust, claims.time)
    except WritError as error:
        return Proven(error.code, (), nothing)
    pieces = [_proving(chain, item) for item in claims.evidence]
    at_hand = [piece for piece in pieces if piece is not None]
    differs = tuple(_differing(chain, logged.summary, at_hand, claims.time))
    kinds = tuple(piece.kind if piece is not None else None for piece in pieces)
    return Proven("verified", differs, kinds)


def _proving(chain: Chain, item: bytes) -> Piece | None:
    """A piece that a key which the chain names for it signed for this chain and request."""
    try:
        piece = read_piece(item)
        keys = [key for key in _keys_for(chain, piece.kind) if key.id == piece.kid]
        for key in keys:
            key.require_strong()
    except WritError:
        return None
    if not any(piece.is_signed_by(key, link_of(chain, piece)) for key in keys):
        return None
    if isinstance(piece.claims, Answer) and not _answers(piece.claims, chain):
        return None
    return piece


def _keys_for(chain: Chain, kind: Kind) -> list[PublicKey]:
    blocks = range(len(chain.blocks))
    match kind:
        case "status":
            return [entry.key for index in blocks for entry in chain.alive_entries(index)]
        case "approval":
            entries = (entry for block in chain.blocks for entry in block.caveats.approval or ())
            return [key for entry in entries for key in entry.keys]
        case "consent":
            consent = chain.blocks[0].caveats.consent
            return [] if consent is None else [consent]


def _answers(answer: Answer, chain: Chain) -> bool:
    invocation = chain.invocation
    return (
        invocation is not None and is_for(answer, invocation) and answer.nonce == invocation.nonce
    )


def _differing(
    chain: Chain, summary: Mapping[str, Any], pieces: Sequence[Piece], now: int
) -> Iterator[str]:
    """In what the summary is not what the token says."""
    hands, request = summary["chain"], summary["request"]
    compared: dict[str, tuple[object, object]] = {
        "grantor": (summary["grantor"]["principal"], chain.grantor),
        "known": (summary["grantor"]["known"], _known(chain, pieces, now)),
        "mission": (summary["mission"]["id"], chain.mission.id),
        "chain": ([hand["block"] for hand in hands], [block.id.hex() for block in chain.blocks]),
        "delegates": (
            [hand["delegate"] for hand in hands],
            [block.delegate for block in chain.blocks],
        ),
    }
    # An open token asks for nothing.
    if chain.invocation is not None or request is not None:
        told = {**(request or {}), "audience": summary["audience"]}
        for name in ("audience", "action", "resource"):
            compared[name] = (told.get(name), getattr(chain.invocation, name, None))
    for name, (said, found) in compared.items():
        if said != found:
            yield name
    for kind in ("approval", "consent"):
        relied = (item for item in summary.get("relied", ()) if item["kind"] == kind)
        if not all(_is_there(item, pieces) for item in relied):
            yield kind
    if summary["verdict"] == "allow" and _is_denied(chain, now):
        yield "verdict"


def _known(chain: Chain, pieces: Sequence[Piece], now: int) -> str:
    """How the grantor is known, with the consent that is in the receipt."""
    if chain.anchor.kind == "human":
        return "own-key"
    key = chain.blocks[0].caveats.consent
    if key is None or chain.invocation is None:
        return "attested"
    asked = Denial("consent.proof", 0, "consent")
    outcome = weigh_consent(asked, key, chain.grantor, pieces, chain.trust, now)
    return "consent" if outcome.relied else "attested"


def _is_there(relied: Mapping[str, Any], pieces: Sequence[Piece]) -> bool:
    """Whether an approval or consent that was relied on is in the receipt: of its key and time."""
    return any(
        piece.kind == relied["kind"]
        and isinstance(piece.claims, Answer | Consent)
        and piece.claims.iat == relied.get("iat")
        and getattr(piece.claims, "yes", True)
        and piece.is_by(relied["key"])
        for piece in pieces
    )


def _is_denied(chain: Chain, now: int) -> bool:
    """Whether the token, decided anew for its own request, is denied by what a receipt holds."""
    invocation = chain.invocation
    if invocation is None:
        return True
    request = Request(invocation.action, invocation.resource)
    decision = decide(chain, request, audience=invocation.audience, now=now)
    return any(
        denial.code not in _UNKNOWN_CODES and denial.caveat not in _UNKNOWN_CAVEATS
        for denial in decision.denials
    )
