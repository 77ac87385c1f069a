"""A service's way to a decision: stores and logs that fail, costs, handlers (§9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from scene import APPROVER, AUDIENCE, AUTHORITY, END, NOW, SUBJECT, granted, sealed, trust
from test_evidence import ACTIVE, ASKS, refused

from writ import (
    AtMost,
    Decision,
    MemoryStore,
    Request,
    Verifier,
    approve,
    decode_evidence,
    issue_status,
)
from writ.errors import WritError
from writ.store import Answer
from writ.token import Token

READ = Request("read", "reports/q3.pdf")
ALIVE = [{"key": AUTHORITY.public.to_jwk(), "within": 300}]
BUDGET = [{"unit": "eur-cent", "amount": 10}]


class Failing(MemoryStore):
    """A store that fails in a way that no code foresees."""

    def charge(self, *_: Any) -> Answer:
        raise OSError


@dataclass
class Log:
    """Records decisions, unless it raises."""

    decisions: list[Decision]
    error: Exception | None = None

    def record(self, token: Token, evidence: Sequence[bytes], decision: Decision) -> None:
        if self.error is not None:
            raise self.error
        self.decisions.append(decision)


def service(**options: Any) -> Verifier:
    return Verifier(AUDIENCE, trust(), **{"store": MemoryStore(), "clock": lambda: NOW, **options})


def codes(decision: Decision) -> list[str]:
    return [denial.code for denial in decision.denials]


def status() -> str:
    return issue_status(AUTHORITY, {SUBJECT: ACTIVE}, now=NOW, exp=END).text


def test_a_request_is_allowed_once() -> None:
    verifier, text = service(), sealed(granted())
    assert verifier.authorize(text, READ).verdict == "allow"
    assert verifier.authorize(text, READ).code == "invocation.replay"


def test_a_store_that_does_not_answer_denies() -> None:
    decision = service(store=Failing()).authorize(sealed(granted(alive=ALIVE)) + status(), READ)
    assert codes(decision) == ["store.failed"]
    assert decision.not_established == ("replay", "order")
    assert decision.needs == ()


def test_a_store_that_fails_is_told_once() -> None:
    token = granted(alive=ALIVE, limits=[{"unit": "denial", "amount": 1}])
    text = sealed(token, resource="hr/salaries.pdf") + status()
    decision = service(store=Failing()).authorize(text, Request("read", "hr/salaries.pdf"))
    assert codes(decision) == ["scope.resource", "store.failed"]


def test_costs_are_asked_for_the_units_that_are_limited() -> None:
    asked: list[frozenset[str]] = []

    def costs(_request: object, units: frozenset[str]) -> dict[str, int]:
        asked.append(units)
        return {"eur-cent": 4, "tokens": -1}

    verifier = service()
    token = granted(limits=[*BUDGET, {"unit": "call", "amount": 5}])
    assert verifier.authorize(sealed(token), READ, costs=costs).verdict == "allow"
    assert asked == [frozenset({"eur-cent"})]
    assert verifier.usage(sealed(token)) == [{"block": 0, "used": [1, 4]}]


def test_a_service_that_says_nothing_of_costs() -> None:
    assert codes(service().authorize(sealed(granted(limits=BUDGET)), READ)) == ["limits.cost"]


@pytest.mark.parametrize("cost", [-1, 1.5, 2**53, True, "1", AtMost(-1), float("nan")])
def test_costs_that_are_none(cost: Any) -> None:
    with refused("cost.malformed"):
        service().authorize(sealed(granted(limits=BUDGET)), READ, costs={"eur-cent": cost})


def test_what_is_reserved_is_settled() -> None:
    verifier = service(reserve_for=60)
    text = sealed(granted(limits=BUDGET))
    decision = verifier.authorize(text, READ, costs={"eur-cent": AtMost(10)})
    assert decision.reservation is not None
    assert decision.reservation["until"] == NOW + 60
    verifier.settle(decision.reservation, {"eur-cent": 3})
    assert verifier.usage(text) == [{"block": 0, "used": [3]}]


def test_every_decision_is_recorded() -> None:
    log = Log([])
    verifier, text = service(receipts=log), sealed(granted())
    for _ in range(2):
        verifier.authorize(text, READ)
    assert [decision.code for decision in log.decisions] == ["allowed", "invocation.replay"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(), "receipt.failed"),
        (WritError("receipt.link"), "receipt.link"),
        (WritError("claim.value"), "receipt.failed"),
    ],
)
def test_what_cannot_be_recorded_is_denied(error: Exception, code: str) -> None:
    verifier = service(receipts=Log([], error))
    text = sealed(granted(limits=BUDGET))
    decision = verifier.authorize(text, READ, costs={"eur-cent": AtMost(10)})
    assert codes(decision) == [code]
    assert decision.needs == ()
    # What was counted for it stays counted, until the service settles it.
    assert verifier.usage(text) == [{"block": 0, "used": [10]}]
    assert decision.reservation is not None
    verifier.settle(decision.reservation, {"eur-cent": 0})
    assert verifier.usage(text) == [{"block": 0, "used": [0]}]


def test_an_approval_is_used_once() -> None:
    verifier = service()
    token = granted(approval=ASKS)
    decision = verifier.authorize(sealed(token, nonce=bytes(16)), READ)
    (need,) = decision.needs
    answer = approve(APPROVER, need["presentation"], now=NOW).text
    again = sealed(token, nonce=bytes(16)) + answer
    assert verifier.authorize(again, READ).verdict == "allow"
    assert verifier.authorize(again, READ).code == "invocation.replay"


def test_without_a_store_an_approval_does_not_count() -> None:
    verifier = service(store=None, replay="reported")
    text = sealed(granted(approval=ASKS))
    answer = approve(APPROVER, text, now=NOW).text
    decision = verifier.authorize(text + answer, READ)
    assert codes(decision) == ["approval.store"]
    assert decision.relied == ()


def test_a_feed_is_read_once_or_each_time() -> None:
    for statuses in (status(), decode_evidence(status())):
        decision = service().authorize(sealed(granted(alive=ALIVE)), READ, statuses=statuses)
        assert decision.verdict == "allow"


def test_a_handler_says_yes_or_no() -> None:
    text = sealed(granted(ext={"acme.example/region": "eu"}))
    for answer, code in ((True, "allowed"), (1, "ext.refused"), (None, "ext.refused")):
        handlers = {"acme.example/region": lambda _value, _facts, answer=answer: answer}
        assert service(handlers=handlers).authorize(text, READ).code == code
    assert service().authorize(text, READ).code == "ext.unknown"


def test_a_chain_that_can_never_pass_keeps_nothing() -> None:
    store = MemoryStore(capacity=0)
    text = sealed(granted(alive=ALIVE, aud=["https://mail.acme.example"])) + status()
    assert codes(service(store=store).authorize(text, READ)) == ["aud.other"]
    text = sealed(granted(alive=ALIVE), resource="hr/salaries.pdf") + status()
    decision = service(store=store).authorize(text, Request("read", "hr/salaries.pdf"))
    assert codes(decision) == ["scope.resource", "store.full"]


def test_an_open_token_asks_no_store() -> None:
    decision = service(store=Failing()).authorize(granted(), READ)
    assert codes(decision) == ["invocation.missing"]


def test_nothing_shows_what_is_presented() -> None:
    text = sealed(granted(alive=ALIVE)) + status()
    assert text[60:120] not in repr(service().authorize(text, READ))


def test_a_cost_is_a_whole_number() -> None:
    verifier, text = service(), sealed(granted(limits=BUDGET))
    decision = verifier.authorize(text, READ, costs={"eur-cent": AtMost(4.0)})  # type: ignore[arg-type]
    assert json.dumps(decision.to_json()["reservation"]["costs"]) == '{"eur-cent": 4}'
    assert verifier.usage(text) == [{"block": 0, "used": [4]}]
