"""What no vector tests of a decision (§9.1 to §9.4): handlers, and a service's own mistakes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from writ.caveats.facts import Facts, Handler
from writ.cbor import Value
from writ.decide import Request, decide
from writ.decision import Decision
from writ.decoding import decode
from writ.errors import WritError
from writ.keys import SigningKey
from writ.mint import delegate, grant, invoke
from writ.trust import import_trust
from writ.verify import Chain, verify

NOW = 1_800_000_000
SERVICE = "https://files.acme.example"
CFO, RESEARCH, LOOKUP = (SigningKey(bytes([number]) * 32) for number in (1, 2, 3))
GRANT: dict[str, Any] = {
    "grantor": "mailto:cfo@acme.example",
    "delegate": "agent:acme/research",
    "to": RESEARCH.public,
    "exp": NOW + 3600,
    "mission": {"id": "q3", "purpose": "Report"},
    "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
    "delegation": {"depth": 1},
    "ext": {"acme.example/region": "eu", "acme.example/a": 1},
}
HOP = {"delegate": "agent:acme/lookup", "to": LOOKUP.public, "ext": {"acme.example/region": "de"}}
READ = Request("read", "reports/q3.pdf")


def _chain(sealed: bool = True) -> Chain:
    text = delegate(grant(CFO, GRANT, now=NOW), HOP, key=RESEARCH, allow_wider=True)
    if sealed:
        text = invoke(
            text, action="read", resource="reports/q3.pdf", audience=SERVICE, key=LOOKUP, now=NOW
        )
    human = {"principal": "mailto:cfo@acme.example", "kind": "human"}
    trust = import_trust({"keys": [{**CFO.public.to_jwk(), "writ": human}]})
    return verify(decode(text), trust, NOW)


def _decide(handlers: Mapping[str, Handler] | None = None, **more: Any) -> Decision:
    return decide(_chain(), READ, audience=SERVICE, now=NOW, handlers=handlers, **more)


def _codes(decision: Decision) -> list[tuple[str, int | None]]:
    return [(denial.code, denial.block) for denial in decision.denials]


def test_a_handler_is_asked_for_each_block() -> None:
    asked: list[Value] = []

    def handler(value: Value, facts: Facts) -> bool:
        asked.append(value)
        return facts.action == "read"

    decision = _decide({"acme.example/region": handler, "acme.example/a": lambda *_: True})
    assert decision.verdict == "allow"
    assert asked == ["eu", "de"]


def test_whatever_is_not_exactly_yes_is_no() -> None:
    def failing(_value: Value, _facts: Facts) -> bool:
        raise RuntimeError

    answers: list[Handler] = [lambda *_: 1, lambda *_: None, lambda *_: "yes", failing]
    for handler in answers:
        decision = _decide({"acme.example/region": handler, "acme.example/a": lambda *_: True})
        assert _codes(decision) == [("ext.refused", 0), ("ext.refused", 1)]
    assert _codes(_decide()) == [("ext.unknown", 0), ("ext.unknown", 0), ("ext.unknown", 1)]
    assert _decide().needs == ()


@pytest.mark.parametrize(
    ("request_", "audience", "context", "code"),
    [
        (READ, "", {}, "request.malformed"),
        (Request("read"), SERVICE, {}, "request.malformed"),
        (Request(None, "reports/q3.pdf"), SERVICE, {}, "request.malformed"),
        (Request("*", "reports/q3.pdf"), SERVICE, {}, "request.malformed"),
        (Request("", "reports/q3.pdf"), SERVICE, {}, "request.malformed"),
        (Request(args={}, body=b""), SERVICE, {}, "request.malformed"),
        (Request(args={"*": 1}), "", [], "request.malformed"),
        (READ, SERVICE, [], "context.malformed"),
        (READ, SERVICE, {"a": float("inf")}, "context.malformed"),
    ],
)
def test_mistakes_of_the_service(request_: Request, audience: str, context: Any, code: str) -> None:
    for sealed in (True, False):
        with pytest.raises(WritError) as caught:
            decide(_chain(sealed), request_, audience=audience, now=NOW, context=context)
        assert caught.value.code == code


def test_a_decision_is_compared_by_its_verdict() -> None:
    decision = decide(_chain(sealed=False), READ, audience=SERVICE, now=NOW)
    assert (decision.verdict, decision.code) == ("deny", "invocation.missing")
    assert decision.to_json()["request"] is None
    with pytest.raises(TypeError):
        bool(decision)
