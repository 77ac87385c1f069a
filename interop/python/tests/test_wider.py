"""Wider hops (§5.4.2): what a minter refuses unless it is told otherwise."""

from __future__ import annotations

from typing import Any

import pytest
import random_chain as some

from writ.decoding import decode
from writ.mint import delegate, grant
from writ.wider import is_wider

KEYS = some.JWKS
PAY = {"actions": ["pay"], "resources": ["**"]}
SMALL = {**PAY, "args": {"amount": {"range": [1, 5]}}}


def _approval(**changed: Any) -> list[Any]:
    return [{"unless": [SMALL], "keys": [KEYS[1]], "need": 1, "within": 60, **changed}]


def _hop(root: dict[str, Any], hop: dict[str, Any], between: int = 0) -> bool:
    claims = {
        "grantor": "mailto:root@acme.example",
        "delegate": "agent:acme/a",
        "to": KEYS[0],
        "mission": {"id": "m", "purpose": "p"},
        "aud": [some.SERVICES[0]],
        "exp": some.NOW,
        "scope": [PAY],
        "delegation": {"depth": 3},
        **root,
    }
    text = grant(some.ROOT, claims, now=some.NOW)
    follow = {"delegate": "agent:acme/b", "to": KEYS[0]}
    for _ in range(between):
        text = delegate(text, follow, key=some.KEYS[0], allow_wider=True)
    return is_wider(decode(delegate(text, {**follow, **hop}, key=some.KEYS[0], allow_wider=True)))


@pytest.mark.parametrize(
    ("name", "root", "hop", "wider"),
    [
        ("nbf", 5, 5, False),
        ("nbf", 5, 4, True),
        ("scope", [SMALL], [PAY], True),
        ("scope", [PAY], [SMALL], False),
        ("alive", [{"key": KEYS[1], "within": 5}], [{"key": KEYS[2], "within": 9}], False),
        ("alive", [{"key": KEYS[1], "within": 5}], [{"key": KEYS[1], "within": 9}], True),
        ("approval", _approval(), _approval(), False),
        ("approval", _approval(), _approval(unless=[PAY]), True),
        ("approval", _approval(), _approval(within=61), True),
        ("approval", _approval(), _approval(keys=[KEYS[2]], within=61), False),
        ("context", {"ip": {"cidr": "10.0.0.0/8"}}, {"ip": {"cidr": "10.1.0.0/16"}}, False),
        ("context", {"ip": {"cidr": "10.0.0.0/8"}}, {"ip": {"cidr": "::/0"}}, True),
        ("context", {"ip": {"cidr": "10.0.0.0/8"}}, {"os": {"eq": "x"}}, False),
        ("limits", [{"unit": "call", "amount": 5}], [{"unit": "eur", "amount": 9}], False),
        ("plan", [{"permission": SMALL, "min": 0, "max": 1}], None, True),
        ("ext", {"e": 1}, {"e": True}, True),
        ("ext", {"e": 1}, {"f": True}, False),
        ("delegation", {"depth": 3}, {"depth": 2}, False),
        ("delegation", {"depth": 3}, {"depth": 3}, True),
        ("delegation", {"depth": 3, "to": ["agent:acme/*"]}, {"depth": 1}, True),
    ],
)
def test_a_caveat(name: str, root: Any, hop: Any, wider: bool) -> None:
    if hop is None:
        hop = [{"permission": PAY, "min": 0, "max": 1}]
    assert _hop({name: root}, {name: hop}) is wider


def test_a_caveat_that_the_ancestor_does_not_have_is_not_compared() -> None:
    assert not _hop({}, {"limits": [{"unit": "call", "amount": 5}]})


def test_a_delegation_is_counted_down_from_each_ancestor() -> None:
    assert not _hop({}, {"delegation": {"depth": 1}}, between=1)
    assert _hop({}, {"delegation": {"depth": 2}}, between=1)


def test_a_broken_delegation() -> None:
    assert not _hop({}, {}, between=2)
    assert _hop({}, {}, between=3)
    assert _hop({"delegation": {"depth": 3, "to": ["agent:other/*"]}}, {})
