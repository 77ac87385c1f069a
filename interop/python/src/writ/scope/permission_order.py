"""Containment and meet of permissions and of scopes (§5.6.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias, TypeVar

from . import pattern
from .atom import wire_order
from .permission import ANY, Permission, Rule, Rules
from .predicate import NOTHING, All, Predicate
from .predicate_order import contains as predicate_contains
from .predicate_order import meet as meet_predicates

T = TypeVar("T")
Scope: TypeAlias = Sequence[Permission]

#: Two values whose weights, multiplied, exceed these are not compared, and not met.
MOST_COMPARED: Final = 65_536
MOST_MET: Final = 256


def contains(outer: Permission, inner: Permission) -> bool:
    """Whether one permission provably admits all that another does."""
    return (
        all(map(outer.names, inner.actions))
        and all(
            any(pattern.contains(wide, narrow) for wide in outer.patterns)
            for narrow in inner.patterns
        )
        and _rules_contain(outer.rules, inner.rules)
    )


def _rules_contain(outer: Rules | None, inner: Rules | None) -> bool:
    if outer is None:
        return True
    if inner is None or (inner.rest and not outer.rest):
        return False
    return all(_rule_contains(outer, inner, name) for name in {**outer.listed, **inner.listed})


def _rule_contains(outer: Rules, inner: Rules, name: str) -> bool:
    wide = outer.listed.get(name)
    if wide is None:
        return outer.rest
    if not wide.optional and (name not in inner.listed or inner.listed[name].optional):
        return False
    narrow = inner.rule(name)
    if wide.predicate is None or narrow is None:
        return True
    return narrow.predicate is not None and predicate_contains(wide.predicate, narrow.predicate)


def scope_contains(outer: Scope, inner: Scope) -> bool:
    """Whether one scope provably admits all that another does."""
    if weight(outer) * weight(inner) > MOST_COMPARED:
        return same(outer, inner)
    return all(
        any(contains(wide, narrow) for wide in outer)
        or all(any(contains(wide, part) for wide in outer) for part in _parts(narrow))
        for narrow in inner
    )


def same(left: Scope, right: Scope) -> bool:
    """Whether two scopes are one and the same set of permissions."""
    return as_scope(left) == as_scope(right)


def as_scope(permissions: Iterable[Permission]) -> tuple[Permission, ...]:
    """Permissions in the order of a set."""
    return tuple(sorted(permissions, key=lambda found: wire_order(found.wire())))


def _parts(permission: Permission) -> Iterable[Permission]:
    for action in permission.actions:
        for resources in permission.patterns:
            yield Permission((action,), (resources,), permission.rules)


def weight(scope: Scope) -> int:
    """What it costs to compare a scope: each part with the values in its rules."""
    return sum(
        len(found.actions) * len(found.patterns) * (1 + _rules_weight(found.rules))
        for found in scope
    )


def _rules_weight(rules: Rules | None) -> int:
    if rules is None:
        return 0
    return sum(map(_predicate_weight, rules.spelled().values()))


def _predicate_weight(predicate: Predicate | None) -> int:
    if isinstance(predicate, All):
        return sum(map(_predicate_weight, predicate.members))
    operand = predicate.operand() if predicate else True
    return max(1, len(operand)) if isinstance(operand, list) else 1


def meet(left: Permission, right: Permission) -> Permission | None:
    """The permission of what both admit, or None where they have nothing in common."""
    actions = _meet_actions(left.actions, right.actions)
    patterns = {
        common
        for one in left.patterns
        for other in right.patterns
        if (common := pattern.meet(one, other)) is not None
    }
    if not actions or not patterns:
        return None
    found = tuple(sorted(patterns, key=wire_order))
    if left.rules is None or right.rules is None:
        return Permission(actions, found, left.rules or right.rules)
    rules = _meet_rules(left.rules, right.rules)
    if rules is None:
        return None
    return Permission(actions, found, rules if rules.listed or not rules.rest else None)


def _meet_actions(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    if ANY in left:
        return right
    if ANY in right:
        return left
    return tuple(action for action in left if action in right)


def _meet_rules(left: Rules, right: Rules) -> Rules | None:
    rest = left.rest and right.rest
    listed: dict[str, Rule] = {}
    for name in {**left.listed, **right.listed}:
        one, other = left.rule(name), right.rule(name)
        optional = all(
            name not in rules.listed or rules.listed[name].optional for rules in (left, right)
        )
        predicate = _meet_predicates(one, other)
        if predicate == NOTHING:
            if not optional:
                return None
            if not rest:
                continue
        listed[name] = Rule(predicate, optional)
    return Rules(listed, rest)


def _meet_predicates(one: Rule | None, other: Rule | None) -> Predicate | None:
    if one is None or other is None:
        return NOTHING
    if one.predicate is None or other.predicate is None:
        return one.predicate or other.predicate
    return meet_predicates(one.predicate, other.predicate)


def meet_scopes(left: Scope, right: Scope) -> tuple[Permission, ...] | None:
    """The scope of what both admit, or None where that would keep its reader busy."""
    if scope_contains(left, right):
        return tuple(right)
    if scope_contains(right, left):
        return tuple(left)
    if weight(left) * weight(right) > MOST_MET:
        return None
    met = [common for one in left for other in right if (common := meet(one, other)) is not None]
    return as_scope(without_covered(met, contains))


def without_covered(items: Sequence[T], covers: Callable[[T, T], bool]) -> list[T]:
    """Items without those that another one covers; of two that cover each other, the first."""
    return [
        found
        for index, found in enumerate(items)
        if not any(
            covers(other, found) and (place < index or not covers(found, other))
            for place, other in enumerate(items)
            if place != index
        )
    ]
