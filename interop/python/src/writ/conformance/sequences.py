"""Sequences of requests to one store (`writ-sequences/1`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from ..charge import AtMost, Costs
from ..decision import Decision
from ..errors import WritError
from ..store import Answer, Keep, MemoryStore, Reserve, Store
from ..store.operations import Operation
from ..token import Token
from ..trust import import_trust
from ..verifier import RESERVE_FOR, Verifier
from .requests import handlers_of, request_of


@dataclass(frozen=True, slots=True)
class _Failing:
    """A store that gives no answer, and a log that cannot record."""

    code: str
    durable: bool = True

    def charge(
        self,
        now: int,
        keeps: Sequence[Keep],
        operations: Sequence[Operation] = (),
        reserve: Reserve | None = None,
    ) -> Answer:
        self._fail()

    def settle(self, now: int, reservation: str, costs: Mapping[str, object]) -> None:
        self._fail()

    def lift(self, block: bytes) -> None:
        self._fail()

    def usage(self, now: int, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        self._fail()

    def record(self, token: Token, evidence: Sequence[bytes], decision: Decision) -> None:
        self._fail()

    def _fail(self) -> NoReturn:
        raise WritError(self.code)


def run_sequence(test: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """Answer every step of a test, in order, with one store."""
    store = None if test.get("store") == "none" else MemoryStore()
    verifier = Verifier(
        audience=setting["audience"],
        trust=import_trust(setting["trust"]),
        store=store,
        replay=test.get("replay", "required"),
        reserve_for=test.get("reserveFor", RESERVE_FOR),
    )
    sequence = _Sequence(verifier, store, [])
    return {"steps": [sequence.step(step) for step in test["steps"]]}


@dataclass(frozen=True, slots=True)
class _Sequence:
    verifier: Verifier
    store: Store | None
    #: The reservations of the steps so far.
    reservations: list[Mapping[str, Any] | None]

    def step(self, step: Mapping[str, Any]) -> dict[str, Any]:
        verifier = self._verifier(step)
        self.reservations.append(None)
        try:
            match step["do"]:
                case "settle":
                    reservation = self.reservations[step["of"]] or {"id": ""}
                    verifier.settle(reservation, step["costs"], now=step["clock"])
                    return {"code": "settled"}
                case "lift":
                    if verifier.store is not None:
                        verifier.store.lift(bytes.fromhex(step["block"]))
                    return {"code": "lifted"}
            decision = self._authorize(verifier, step)
        except WritError as error:
            answer: dict[str, Any] = {"code": error.code}
        else:
            self.reservations[-1] = decision.reservation
            answer = answer_of(decision)
            if "known" in step:
                answer["known"] = decision.grantor.known
        if "usage" in step:
            answer["usage"] = replace(verifier, store=self.store).usage(
                step["text"], now=step["clock"]
            )
        return answer

    def _verifier(self, step: Mapping[str, Any]) -> Verifier:
        verifier = replace(
            self.verifier,
            audience=step.get("audience", self.verifier.audience),
            handlers=handlers_of(step.get("handlers", {})),
        )
        fault = step.get("fault")
        if fault is None:
            return verifier
        if fault.startswith("receipt."):
            return replace(verifier, receipts=_Failing(fault))
        return replace(verifier, store=_Failing(fault))

    def _authorize(self, verifier: Verifier, step: Mapping[str, Any]) -> Decision:
        return verifier.authorize(
            step["text"],
            request_of(step["request"]),
            context=step.get("context"),
            costs=_costs(step.get("costs", {})),
            statuses=step.get("statuses", ()),
            now=step["clock"],
        )


def answer_of(decision: Decision) -> dict[str, Any]:
    """What is compared of a decision."""
    told = ("code", "denials", "needs", "notEstablished", "relied", "alarms", "reservation")
    form = decision.to_json()
    if "reservation" in form:
        form["reservation"] = {name: form["reservation"][name] for name in ("until", "costs")}
    return {name: form[name] for name in told if name in form}


def _costs(form: Mapping[str, Any]) -> Costs:
    return {
        unit: AtMost(cost["atMost"]) if isinstance(cost, Mapping) else cost
        for unit, cost in form.items()
    }
