"""What the answer of a store does to a decision: denials, alarms, and what was relied on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from ..caveats import limits, plan
from ..caveats.limits import DENIAL
from ..decision import Decision, Denial
from ..evidence import State
from ..store import Branch, Kept, Spend, TakeStep
from ..store.operations import Operation
from ..weigh.outcome import Alarm, Said, alarm, refusal
from .charging import Charging

#: The nonce was used before, which is all that is told.
REPLAY: Final = Denial("invocation.replay", None, "invocation")


def of_store(code: str) -> Denial:
    """The denial of a store that gave no complete answer (§9.6.1)."""
    return Denial(code, None, "store")


def of_counters(
    charging: Charging,
    counters: Sequence[tuple[int, Operation]],
    answers: Sequence[dict[str, Any] | None],
) -> Iterator[Denial]:
    """The denials of limits and plans, each where it refuses (§9.6.3 to §9.6.5)."""
    for (block, operation), found in zip(counters, answers, strict=True):
        if found is not None:
            yield _denial(charging, block, operation, found)


def _denial(charging: Charging, block: int, operation: Operation, found: dict[str, Any]) -> Denial:
    match operation:
        case TakeStep():
            early = found.pop("early")
            request = charging.request
            actual = found | {"action": request.action, "resource": request.resource}
            expected = plan.to_json(charging.chain.blocks[block].caveats.plan or ())
            return Denial("plan.early" if early else "plan.closed", block, "plan", expected, actual)
        case Branch():
            frozen = {"unit": DENIAL, "amount": operation.amount}
            return Denial("limits.frozen", block, "limits", frozen, found)
        case Spend():
            (spent,) = limits.to_json((operation.limit,))
            return Denial("limits.spent", block, "limits", spent, found)
    raise TypeError("no counter")


def of_statuses(said: Sequence[Said], kept: Sequence[Kept]) -> Iterator[Denial]:
    """The denials of entries of alive whose statement a store refuses (§9.7.4)."""
    for statement, item in zip(said, kept, strict=False):
        if item.refused:
            code, needed = _judge(item)
            yield refusal(statement.asked, code, needed=needed, actual=statement.issued)


def _judge(kept: Kept) -> tuple[str, bool]:
    before = kept.before
    if before is not None and before.final:
        state: State = before.what[0]
        return f"alive.{state.name.lower()}", False
    if before is not None and before.time > kept.keep.said.time:
        return "alive.older", True
    return "alive.conflict", True


def of_answers(kept: Sequence[Kept]) -> Iterator[Denial]:
    """The denial of a yes that comes after a no (§9.7.4)."""
    for item in kept:
        if item.refused:
            yield Denial("approval.refused", None, "approval")


def _alarms(said: Sequence[Said], kept: Sequence[Kept]) -> Iterator[Alarm]:
    """The contradictions between what is said and what was kept (§9.7.4)."""
    for statement, item in zip(said, kept, strict=False):
        before, now = item.before, item.keep.said
        if before is None or (before.time, before.what) == (now.time, now.what):
            continue
        latest = max(before.time, now.time)
        if before.time == now.time:
            yield alarm("conflict", statement.key, statement.subject, latest)
        elif before.final != now.final and not (now if now.time == latest else before).final:
            yield alarm("revived", statement.key, statement.subject, latest)


def with_alarms(decision: Decision, said: Sequence[Said], kept: Sequence[Kept]) -> Decision:
    """The decision with the alarms that it does not have yet."""
    raised = list(decision.alarms)
    for found in _alarms(said, kept):
        if found not in raised:
            raised.append(found)
    return replace(decision, alarms=tuple(raised))


def less_refused(decision: Decision, said: Sequence[Said], kept: Sequence[Kept]) -> Decision:
    """The decision that no longer relies on what a store refuses."""
    refused = [
        {"key": item.key.to_jwk(), "subject": item.subject, "block": item.asked.block}
        for item, found in zip(said, kept, strict=False)
        if found.refused
    ]
    answered = any(found.refused for found in kept[len(said) :])
    relied = tuple(
        item
        for item in decision.relied
        if not (item["kind"] == "approval" and answered)
        and not any(item.items() >= other.items() for other in refused)
    )
    return replace(decision, relied=relied)
