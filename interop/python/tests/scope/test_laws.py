"""Invariants 2a and 2b of §11: containment is honest, and so is a meet."""

from __future__ import annotations

from random import Random

import random_scope as some

from writ.scope import pattern, permission_order, predicate_order

ROUNDS = 1500


def test_patterns() -> None:
    random = Random(1)
    for _ in range(ROUNDS):
        a, b = some.pattern(random), some.pattern(random)
        met = pattern.meet(a, b)
        for resource in (some.resource(random) for _ in range(6)):
            both = pattern.admits(a, resource) and pattern.admits(b, resource)
            assert (met is not None and pattern.admits(met, resource)) == both
            if pattern.contains(a, b):
                assert pattern.admits(a, resource) or not pattern.admits(b, resource)


def test_a_pattern_contains_itself_and_a_meet_is_in_both() -> None:
    random = Random(2)
    for _ in range(ROUNDS):
        a, b = some.pattern(random), some.pattern(random)
        assert pattern.contains(a, a)
        met = pattern.meet(a, b)
        if met is not None:
            assert pattern.contains(a, met)
            assert pattern.contains(b, met)


def test_predicates() -> None:
    random = Random(3)
    values = some.values()
    for _ in range(ROUNDS):
        a, b = some.predicate(random), some.predicate(random)
        met, contained = predicate_order.meet(a, b), predicate_order.contains(a, b)
        for value in values:
            assert met.admits(value) == (a.admits(value) and b.admits(value)), (a, b, value)
            assert not contained or a.admits(value) or not b.admits(value), (a, b, value)


def test_permissions() -> None:
    random = Random(4)
    for _ in range(ROUNDS):
        a, b = some.permission(random), some.permission(random)
        met, contained = permission_order.meet(a, b), permission_order.contains(a, b)
        for request in (some.request(random) for _ in range(8)):
            both = a.admits(*request) and b.admits(*request)
            assert (met is not None and met.admits(*request)) == both, (a, b, request)
            assert not contained or a.admits(*request) or not b.admits(*request)


def test_scopes() -> None:
    random = Random(5)
    for _ in range(ROUNDS // 3):
        a, b = some.scope(random), some.scope(random)
        met, contained = permission_order.meet_scopes(a, b), permission_order.scope_contains(a, b)
        for request in (some.request(random) for _ in range(8)):
            in_a = any(item.admits(*request) for item in a)
            in_b = any(item.admits(*request) for item in b)
            if met is not None:
                assert any(item.admits(*request) for item in met) == (in_a and in_b)
            assert not contained or in_a or not in_b
