"""The last steps of a decision: the store is asked once, or is missed (§9.6)."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from ..caveats.limits import CALL, DENIAL
from ..costs import AtMost, Costs, whole
from ..decision import Decided, Decision, Denial
from ..errors import WritError
from ..store import Answer, Keep, Reserve, Store
from ..store.operations import Operation
from ..weigh import Weighing, never_passes
from . import refusals
from .charging import Charging

Replay: TypeAlias = Literal["required", "reported"]
#: Costs, or what computes them from the checked request, for the units that are limited.
CostsOf: TypeAlias = Costs | Callable[[Decided, frozenset[str]], Costs]

_LEFT_TO_STORES = ("limits.store", "plan.store")


def without_store(weighing: Weighing, replay: Replay) -> Decision:
    """What is left open stays open, and what takes a store is missed (step 2)."""
    decision = _unordered(weighing)
    if any(denial.need is None for denial in decision.denials):
        return decision
    need = {"kind": "store", "block": None}
    missed: list[Denial] = []
    if replay == "required":
        missed.append(Denial("invocation.store", None, "invocation", need=need))
    if _is_approved(decision):
        missed.append(Denial("approval.store", None, "approval", need=need))
    relied = tuple(item for item in decision.relied if item["kind"] != "approval")
    return replace(decision, denials=(*missed, *decision.denials), relied=relied)


def _unordered(weighing: Weighing) -> Decision:
    """The decision of which nobody established that no later status was shown before."""
    decision = weighing.decision
    if not weighing.said:
        return decision
    return replace(decision, not_established=(*decision.not_established, "order"))


def _is_approved(decision: Decision) -> bool:
    return any(item["kind"] == "approval" for item in decision.relied)


@dataclass(frozen=True, slots=True)
class Ask:
    """Asks one store about one request."""

    store: Store
    charging: Charging
    weighing: Weighing
    reserve_for: int

    @property
    def now(self) -> int:
        return self.weighing.decision.now

    def decide(self, costs: CostsOf | None) -> Decision:
        """Steps 3 to 8."""
        decision = self.weighing.decision
        denials = tuple(item for item in decision.denials if item.code not in _LEFT_TO_STORES)
        if denials:
            return self._denied(denials)
        units = frozenset(unit for _, unit in self._units())
        if callable(costs):
            costs = costs(self.charging.request, units) if units else {}
        stated = {unit: whole(cost) for unit, cost in (costs or {}).items() if unit in units}
        silent = tuple(
            Denial("limits.cost", block, "limits", expected=unit)
            for block, unit in self._units()
            if unit not in stated
        )
        if silent:
            return self._denied(silent)
        return self._charged(stated)

    def _units(self) -> Iterator[tuple[int, str]]:
        """The units of all entries in which the service states the costs."""
        for index, block in enumerate(self.charging.chain.blocks):
            for limit in block.caveats.limits or ():
                if limit.unit not in (CALL, DENIAL):
                    yield index, limit.unit

    def _denied(self, denials: tuple[Denial, ...]) -> Decision:
        """A request that is charged nothing; what was said is kept, and it may be counted."""
        decision = replace(self.weighing.decision, denials=denials)
        refused = any(item.code == "approval.refused" for item in denials)
        keeps = self._keeps(False if refused and not never_passes(decision) else None)
        answer = self._charge(keeps) if keeps else Answer((), ())
        failed = self._count(denials)
        if isinstance(answer, str):
            decision = replace(_unordered(self.weighing), denials=denials)
            return _and(decision, [refusals.of_store(answer)])
        said = self.weighing.said
        decision = refusals.with_alarms(decision, said, answer.kept)
        decision = refusals.less_refused(decision, said, answer.kept)
        return _and(decision, failed or refusals.of_statuses(said, answer.kept))

    def _charged(self, costs: Mapping[str, int | AtMost]) -> Decision:
        """The one charge of a request that nothing else denies (steps 6 to 8)."""
        approved = _is_approved(self.weighing.decision)
        keeps = self._keeps(True if approved else None)
        counters = list(self.charging.counters(costs))
        reserve = self._reserve(costs)
        nonce = self.charging.nonce(approved)
        answer = self._charge(keeps, [nonce, *(item for _, item in counters)], reserve)
        if isinstance(answer, str):
            return replace(_unordered(self.weighing), denials=(refusals.of_store(answer),))
        said = self.weighing.said
        decision = refusals.with_alarms(self.weighing.decision, said, answer.kept)
        decision = replace(decision, not_established=self._established(decision))
        if answer.found[0] is not None:
            return replace(decision, denials=(refusals.REPLAY,))
        decision = refusals.less_refused(decision, said, answer.kept)
        denials = (
            *refusals.of_statuses(said, answer.kept),
            *refusals.of_answers(answer.kept[len(said) :]),
            *refusals.of_counters(self.charging, counters, answer.found[1:]),
        )
        if denials:
            return replace(decision, denials=(*denials, *self._count(denials)))
        return replace(decision, denials=(), reservation=reserve.to_json() if reserve else None)

    def _count(self, denials: Sequence[Denial]) -> tuple[Denial, ...]:
        """Count a request outside of what is granted; the denial of a store that fails."""
        count = self.charging.count(denials)
        answer = self._charge((), [count]) if count else None
        return (refusals.of_store(answer),) if isinstance(answer, str) else ()

    def _keeps(self, yes: bool | None) -> list[Keep]:
        """What was said that is to be kept: by status authorities, and by the approvers."""
        keeps = [self.charging.keep_status(said) for said in self.weighing.said]
        return keeps if yes is None else [*keeps, self.charging.keep_answer(yes)]

    def _reserve(self, costs: Mapping[str, int | AtMost]) -> Reserve | None:
        reserved = {unit: cost.cost for unit, cost in costs.items() if isinstance(cost, AtMost)}
        if not reserved:
            return None
        return Reserve(secrets.token_hex(16), self.now + self.reserve_for, reserved)

    def _established(self, decision: Decision) -> tuple[str, ...]:
        """What nobody checked, once a store has answered to the charge."""
        left = tuple(item for item in decision.not_established if item != "replay")
        return left if self.store.durable else (*left, "durability")

    def _charge(
        self,
        keeps: Sequence[Keep],
        operations: Sequence[Operation] = (),
        reserve: Reserve | None = None,
    ) -> Answer | str:
        """The answer of the store, or the code of why there is none that is complete."""
        try:
            return self.store.charge(self.now, keeps, operations, reserve)
        except WritError as error:
            return error.code if error.code.startswith("store.") else "store.failed"
        except Exception:  # Whatever is not a complete answer denies.
            return "store.failed"


def _and(decision: Decision, denials: Iterable[Denial]) -> Decision:
    """The decision with further denials behind the others, each code once for a block."""
    found = list(decision.denials)
    for denial in denials:
        if all((item.code, item.block) != (denial.code, denial.block) for item in found):
            found.append(denial)
    return replace(decision, denials=tuple(found))
