"""Containment and meet of predicates (§5.6.2)."""

from __future__ import annotations

from collections.abc import Iterable

from . import pattern
from .atom import Atom, in_wire_order, wire_order
from .predicate import (
    NOTHING,
    All,
    Cidr,
    Eq,
    Host,
    In,
    NotIn,
    Pattern,
    Predicate,
    Range,
    Simple,
    Size,
    Subset,
    Suffix,
)


def contains(outer: Predicate, inner: Predicate) -> bool:
    """Whether what inner admits is provably admitted by outer."""
    if isinstance(outer, All):
        return all(contains(member, inner) for member in outer.members)
    if isinstance(inner, All):
        return any(contains(outer, member) for member in inner.members)
    named = _named(inner)
    if named is not None:
        return all(outer.admits(atom.value) for atom in named)
    return _contains_kind(outer, inner)


def _named(predicate: Simple) -> tuple[Atom, ...] | None:
    """The values that an eq or in names."""
    match predicate:
        case Eq(value):
            return (value,)
        case In(values):
            return values
    return None


def _contains_kind(outer: Simple, inner: Simple) -> bool:
    match outer, inner:
        case NotIn(), NotIn():
            types = inner.types()
            return types <= outer.types() and all(
                atom in inner.values or atom.type not in types for atom in outer.values
            )
        case Range(), Range():
            return (outer.low is None or (inner.low is not None and outer.low <= inner.low)) and (
                outer.high is None or (inner.high is not None and inner.high <= outer.high)
            )
        case Pattern(), Pattern():
            return pattern.contains(outer.text, inner.text)
        case Suffix(), Suffix():
            return inner.text.endswith(outer.text)
        case Subset(), Subset():
            return set(inner.values) <= set(outer.values)
        case Host(), Host():
            return set(inner.hosts) <= set(outer.hosts)
        case Size(), Size():
            return inner.most <= outer.most
        case Cidr(), Cidr():
            return outer.network.contains(inner.network)
    return False


def meet(left: Predicate, right: Predicate) -> Predicate:
    """The predicate that admits exactly what both do; where nothing does, NOTHING."""
    if not isinstance(left, All) and not isinstance(right, All):
        common = _meet_simple(left, right)
        if common is not None:
            return common
    found: list[Simple] = []
    for member in (*_members(left), *_members(right)):
        _add(found, member)
    if NOTHING in found:
        return NOTHING
    if len(found) == 1:
        return found[0]
    return All(tuple(sorted(found, key=lambda member: wire_order(member.wire()))))


def _members(predicate: Predicate) -> tuple[Simple, ...]:
    return predicate.members if isinstance(predicate, All) else (predicate,)


def _add(found: list[Simple], member: Simple) -> None:
    for index, other in enumerate(found):
        common = _meet_simple(other, member)
        if common is not None:
            del found[index]
            _add(found, common)
            return
    found.append(member)


def _meet_simple(left: Simple, right: Simple) -> Simple | None:
    """The one simple predicate of both, or None where only the two together say it."""
    if contains(left, right):
        return right
    if contains(right, left):
        return left
    for one, other in ((left, right), (right, left)):
        named = _named(one)
        if named is not None:
            return _one_of(atom for atom in named if other.admits(atom.value))
    if not _types(left) & _types(right):
        return NOTHING
    return _meet_kind(left, right)


def _one_of(atoms: Iterable[Atom]) -> Simple:
    found = in_wire_order(atoms)
    return Eq(found[0]) if len(found) == 1 else In(found)


def _types(predicate: Simple) -> set[str]:
    """The types of the values that a predicate admits."""
    match predicate:
        case NotIn():
            return {"number" if kind == "integer" else kind for kind in predicate.types()}
        case Range():
            return {"number"}
        case Size():
            return {"text", "list"}
        case Subset():
            return {"list"}
    return {"text"}


def _meet_kind(left: Simple, right: Simple) -> Simple | None:
    match left, right:
        case Range(), Range():
            return _meet_ranges(left, right)
        case NotIn(), NotIn():
            return _meet_not_in(left, right)
        case Pattern(), Pattern():
            common = pattern.meet(left.text, right.text)
            return NOTHING if common is None else Pattern(common)
        case Subset(), Subset():
            return Subset(in_wire_order(set(left.values) & set(right.values)))
        case Host(), Host():
            hosts = sorted(set(left.hosts) & set(right.hosts), key=wire_order)
            return Host(tuple(hosts)) if hosts else NOTHING
        case (Cidr(), Cidr()) | (Suffix(), Suffix()):
            return NOTHING
    return None


def _meet_ranges(left: Range, right: Range) -> Simple:
    low = max((side for side in (left.low, right.low) if side is not None), default=None)
    high = min((side for side in (left.high, right.high) if side is not None), default=None)
    if low is None or high is None or low < high:
        return Range(low, high)
    return Eq(Atom("integer", low)) if low == high else NOTHING


def _meet_not_in(left: NotIn, right: NotIn) -> Simple:
    types = left.types() & right.types()
    atoms = {atom for atom in (*left.values, *right.values) if atom.type in types}
    if atoms == {Atom("boolean", False), Atom("boolean", True)}:
        return NOTHING
    return NotIn(in_wire_order(atoms))
