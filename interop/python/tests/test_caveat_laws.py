"""Invariants 2a and 2b of §11, of caveats: containment is honest, and so is a meet."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

import pytest
import random_chain as some

from writ.caveats import MODULES
from writ.caveats.alive import Alive
from writ.caveats.approval import Approval, applies
from writ.caveats.facts import Facts, Place
from writ.cbor import decode, encode
from writ.keys import PublicKey

ROUNDS = 500
COUNTED = {"limits", "plan"}


@dataclass(frozen=True)
class Below:
    delegate: str
    key: PublicKey | None


class World:
    """One request and all that is said about it: it decides whether a caveat holds."""

    def __init__(self, random: Random) -> None:
        self.facts: Facts = some.facts(random)
        self.below = [
            Below(random.choice(some.DELEGATES), random.choice(some.KEYS).public)
            for _ in range(random.randint(0, 4))
        ]
        ages = [0, 60, 61, 300, 600, 601]
        self.statuses = {
            (key.public, subject): random.choice(ages)
            for key in some.KEYS
            for subject in (None, "s")
        }
        self.approvals = {key.public: random.choice(ages) for key in some.KEYS}

    def holds(self, name: str, value: Any) -> bool:
        if name == "alive":
            return all(map(self._is_alive, value))
        if name == "approval":
            return all(map(self._is_approved, value))
        place = Place(0, "subject", frozenset(), self.below)
        return not list(MODULES[name].check(value, self.facts, place))

    def _is_alive(self, entry: Alive) -> bool:
        return self.statuses[entry.key, entry.subject] <= entry.within

    def _is_approved(self, entry: Approval) -> bool:
        counted = sum(self.approvals[key] <= entry.within for key in entry.keys)
        return counted >= entry.need or not applies(entry, self.facts)


def _value(name: str, random: Random) -> Any:
    claim = MODULES[name].from_json(some.MAKERS[name](random))
    return MODULES[name].parse(decode(encode(claim)))


@pytest.mark.parametrize("name", sorted(some.MAKERS.keys() - COUNTED))
def test_containment_and_meet_are_honest(name: str) -> None:
    random = Random(name)
    met_any = contained_any = False
    for _ in range(ROUNDS):
        a, b = _value(name, random), _value(name, random)
        contained, met = MODULES[name].contains(a, b), MODULES[name].meet(a, b)
        for world in (World(random) for _ in range(4)):
            in_a, in_b = world.holds(name, a), world.holds(name, b)
            assert not contained or in_a or not in_b
            if met is not None:
                assert world.holds(name, met) == (in_a and in_b), (a, b, met)
        met_any |= met is not None
        contained_any |= contained
    assert met_any
    assert contained_any


@pytest.mark.parametrize("name", sorted(some.MAKERS))
def test_a_value_contains_itself_and_is_written_as_it_was_read(name: str) -> None:
    caveat, random = MODULES[name], Random(name)
    for _ in range(200):
        value = _value(name, random)
        assert caveat.contains(value, value)
        if hasattr(caveat, "exceeds"):
            assert not caveat.exceeds(value, value)
        if name not in COUNTED:
            assert caveat.meet(value, value) == value or name in ("context", "scope")
        again = encode(caveat.from_json(caveat.to_json(value)))
        assert caveat.parse(decode(again)) == value


@pytest.mark.parametrize(
    ("outer", "inner", "contained", "exceeds"),
    [
        (["call", 5], ["call", 5], True, False),
        (["call", 5], ["call", 6], False, True),
        (["call", 5, 60], ["call", 5], True, False),
        (["call", 5], ["call", 5, 60], False, False),
        (["call", 5, 60], ["call", 5, 120], True, False),
        (["call", 5, 60], ["call", 6, 60], False, True),
        (["call", 5, 60], ["call", 6, 61], False, False),
        (["call", 5], ["eur", 1], False, False),
    ],
)
def test_limits(outer: list[Any], inner: list[Any], contained: bool, exceeds: bool) -> None:
    limits = MODULES["limits"]
    wide, narrow = limits.parse([outer]), limits.parse([inner])
    assert limits.contains(wide, narrow) == contained
    assert limits.exceeds(wide, narrow) == exceeds
    assert limits.meet(wide, narrow) is None


def test_a_name_and_a_key_have_no_meet() -> None:
    delegation = MODULES["delegation"]
    key = some.KEYS[0].public.data
    names, keys = delegation.parse([2, ["agent:acme/*"]]), delegation.parse([3, [key]])
    assert delegation.meet(names, keys) is None
    both = delegation.parse([3, ["agent:*"]])
    assert delegation.meet(both, names) == names
    assert delegation.meet(names, delegation.parse([1, ["mailto:*"]])) == delegation.NONE


def test_what_is_too_heavy_is_not_compared() -> None:
    approval = MODULES["approval"]
    patterns = [[["read"], [f"a{index:03}"]] for index in range(256)]
    heavy = approval.parse([[patterns, [bytes([1]) * 32], 1, 60]])
    heavier = approval.parse([[patterns, [bytes([1]) * 32], 1, 61]])
    assert not approval.contains(heavier, heavy)
    assert approval.meet(heavy, heavier) is None
    assert approval.exceeds(heavier, heavy)
