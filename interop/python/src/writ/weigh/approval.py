"""Weighing approvals (§9.7.2)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..caveats.approval import Approval
from ..caveats.facts import SKEW
from ..decision import Denial
from ..evidence import Answer, Piece
from ..keys import PublicKey
from ..token import Invocation
from .outcome import Outcome, Relied, refusal


@dataclass(frozen=True, slots=True)
class Approvable:
    """What an approval is compared with: the invocation, and who has a part in the chain."""

    invocation: Invocation
    #: The delegates' keys of the chain.
    delegates: Collection[PublicKey]
    #: The ids of the keys in all entries of approval.
    approvers: Collection[bytes]
    now: int


_COUNTS = "counts"


def weigh_approval(
    asked: Denial, entry: Approval, pieces: Sequence[Piece], about: Approvable
) -> Outcome:
    """Judge the approvals at hand for one entry, in their order."""
    keys = {key.id: key for key in entry.keys if key.id is not None}
    counted: dict[bytes, Relied] = {}
    codes: list[str] = []
    for piece in pieces:
        answer = piece.claims
        if not isinstance(answer, Answer):
            continue
        key = keys.get(piece.kid)
        if key is None:
            if piece.kid not in about.approvers:
                codes.append("approval.approver")
            continue
        code = _judge(answer, key, entry, about)
        if code == _COUNTS and piece.kid in counted:
            code = "approval.twice"
        if code == _COUNTS:
            counted[piece.kid] = {
                "kind": "approval",
                "block": asked.block,
                "key": key.to_jwk(),
                "iat": answer.iat,
            }
        else:
            codes.append(code)
    if "approval.refused" not in codes and len(counted) >= entry.need:
        return Outcome(relied=tuple(counted.values()))
    refused = "approval.refused" in codes
    code = "approval.refused" if refused else [*codes, "approval.required"][0]
    found = {"expected": entry.need, "actual": len(counted)}
    return Outcome((refusal(asked, code, needed=not refused, **found),))


def _judge(answer: Answer, key: PublicKey, entry: Approval, about: Approvable) -> str:
    """By the first rule that applies (steps 2 to 7), whether an answer of an approver counts."""
    invocation = about.invocation
    same_nonce = answer.nonce == invocation.nonce
    if same_nonce and not answer.yes:
        return "approval.refused"
    if key in about.delegates:
        return "approval.delegate"
    if not is_for(answer, invocation):
        return "approval.request"
    if not same_nonce:
        return "approval.nonce"
    if answer.iat > about.now + SKEW:
        return "approval.early"
    if about.now - answer.iat > entry.within or about.now >= answer.exp:
        return "approval.stale"
    return _COUNTS


def is_for(answer: Answer, invocation: Invocation) -> bool:
    """Whether an answer is about the request of an invocation, its nonce aside."""
    return (answer.action, answer.resource, answer.audience, answer.arguments) == (
        invocation.action,
        invocation.resource,
        invocation.audience,
        invocation.arguments,
    )
