"""From the decision of logic to the one that evidence leaves (§9.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ..caveats.alive import Alive
from ..caveats.approval import Approval
from ..decision import Decision, Denial
from ..evidence import Piece
from ..keys import PublicKey
from ..trust import Trust
from ..verify import Chain
from .alive import weigh_alive
from .approval import Approvable, weigh_approval
from .consent import weigh_consent
from .outcome import Outcome, Said

_FOR_GOOD: Final = {"aud", "exp", "delegation"}


@dataclass(frozen=True, slots=True)
class Weighing:
    """The decision that evidence leaves, and what is to be kept of what was said."""

    decision: Decision
    said: tuple[Said, ...] = ()


def weigh(chain: Chain, trust: Trust, decision: Decision, pieces: Sequence[Piece]) -> Weighing:
    """Weigh what is at hand, which is authentic. Of an open token nothing is weighed."""
    invocation = chain.invocation
    if invocation is None:
        return Weighing(decision)
    blocks = chain.blocks
    approvable = Approvable(
        invocation,
        {block.key for block in blocks if block.key is not None},
        {
            key.id
            for block in blocks
            for entry in block.caveats.approval or ()
            for key in entry.keys
            if key.id is not None
        },
        decision.now,
    )
    outcomes: list[Outcome] = []
    for denial in decision.denials:
        match denial.entry:
            case Alive() as entry:
                subject = chain.subject if entry.subject is None else entry.subject
                outcome = weigh_alive(denial, entry, subject, pieces, blocks, decision.now)
            case Approval() as entry:
                asked = replace(denial, need=_to_show(denial, chain, decision))
                outcome = weigh_approval(asked, entry, pieces, approvable)
            case PublicKey() as key:
                grantor = chain.grantor
                outcome = weigh_consent(denial, key, grantor, pieces, trust, decision.now)
            case _:
                outcome = Outcome((denial,))
        outcomes.append(outcome)
    return Weighing(
        _decide(decision, outcomes),
        () if never_passes(decision) else tuple(said for item in outcomes for said in item.said),
    )


def never_passes(decision: Decision) -> bool:
    """Whether the chain can never pass here, so that it must not fill the store (§9.7.4)."""
    return any(denial.caveat in _FOR_GOOD for denial in decision.denials)


def _to_show(denial: Denial, chain: Chain, decision: Decision) -> dict[str, Any]:
    """The need of an approval, with all that an approver's tool checks for itself (§9.4)."""
    shown: dict[str, Any] = {"presentation": chain.token.text}
    invocation, request = chain.invocation, decision.request
    if invocation and invocation.arguments and request:
        if invocation.arguments.mode == 1:
            shown["args"] = request.args
        elif request.body is not None:
            shown["body"] = request.body.decode("utf-8")
    return {**(denial.need or {}), **shown}


def _decide(decision: Decision, outcomes: Sequence[Outcome]) -> Decision:
    relied = tuple(item for outcome in outcomes for item in outcome.relied)
    alarms: list[dict[str, Any]] = []
    for outcome in outcomes:
        alarms += (item for item in outcome.alarms if item not in alarms)
    grantor = decision.grantor
    proven = any(item["kind"] == "consent" for item in relied)
    if proven and grantor.known == "attested":
        grantor = replace(grantor, known="consent")
    return replace(
        decision,
        denials=tuple(denial for outcome in outcomes for denial in outcome.denials),
        grantor=grantor,
        relied=relied,
        alarms=tuple(alarms),
    )
