"""approval (§5.5.7): named keys approve this very request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set, each, key_from_json, members
from ..keys import PublicKey, parse_key
from ..scope.atom import wire_order
from ..scope.permission import Permission, parse_permission, permission_from_json
from ..scope.permission_order import MOST_COMPARED, weight, without_covered
from ..scope.permission_order import contains as permits
from .facts import Facts, Place


@dataclass(frozen=True, slots=True)
class Approval:
    """So many of the keys must approve, unless a permission admits the request."""

    unless: tuple[Permission, ...]
    keys: tuple[PublicKey, ...]
    need: int
    within: int


def parse(value: Value) -> tuple[Approval, ...]:
    """A set of entries, at least one."""
    items = expect.array(value, 1)
    entries = tuple(_entry(item) for item in items)
    expect.ascending(items)
    return entries


def _entry(value: Value) -> Approval:
    unless, keys, need, within = expect.array(value, 4, 4)
    permissions = expect.array(unless)
    admitted = tuple(parse_permission(item) for item in permissions)
    expect.ascending(permissions)
    items = expect.array(keys, 1)
    approvers = tuple(parse_key(item) for item in items)
    expect.ascending(items)
    entry = Approval(admitted, approvers, expect.integer(need), expect.integer(within))
    expect.degenerate(not 0 < entry.need <= len(approvers))
    return entry


def check(value: tuple[Approval, ...], facts: Facts, place: Place) -> Iterator[Denial]:
    """By logic alone every entry that applies to the request denies, and needs approvals."""
    for entry in value:
        if applies(entry, facts):
            yield Denial(
                "approval.required", place.block, "approval", need=need(entry, place), entry=entry
            )


def applies(entry: Approval, facts: Facts) -> bool:
    """Whether no permission of `unless` admits the request."""
    return not any(item.admits(facts.action, facts.resource, facts.args) for item in entry.unless)


def need(entry: Approval, place: Place) -> dict[str, object]:
    """The approvals that an entry needs."""
    return {
        "kind": "approval",
        "keys": [key.to_jwk() for key in entry.keys],
        "need": entry.need,
        "within": entry.within,
        "block": place.block,
    }


def implies(one: Approval, other: Approval) -> bool:
    """Whether an entry holds only where the other does too."""
    return (
        one.need >= other.need
        and one.within <= other.within
        and set(one.keys) <= set(other.keys)
        and all(any(permits(wide, narrow) for wide in other.unless) for narrow in one.unless)
    )


def _comparable(left: tuple[Approval, ...], right: tuple[Approval, ...]) -> bool:
    return _weight(left) * _weight(right) <= MOST_COMPARED


def _weight(value: tuple[Approval, ...]) -> int:
    return sum(1 + weight(entry.unless) for entry in value)


def contains(outer: tuple[Approval, ...], inner: tuple[Approval, ...]) -> bool:
    """Every outer entry is implied by an inner one."""
    return _comparable(outer, inner) and all(
        any(implies(one, other) for one in inner) for other in outer
    )


def meet(left: tuple[Approval, ...], right: tuple[Approval, ...]) -> tuple[Approval, ...] | None:
    """The entries of both, without those that another one implies."""
    if not _comparable(left, right):
        return None
    found = without_covered((*left, *right), implies)
    return tuple(sorted(found, key=lambda entry: wire_order(_wire(entry))))


def exceeds(outer: tuple[Approval, ...], inner: tuple[Approval, ...]) -> bool:
    """An inner entry asks the keys of an outer one for less."""
    return not _comparable(outer, inner) or any(
        set(one.keys) == set(other.keys) and not implies(one, other)
        for one in inner
        for other in outer
    )


def _wire(entry: Approval) -> list[Encodable]:
    unless = [item.wire() for item in entry.unless]
    return [unless, [key.to_claim() for key in entry.keys], entry.need, entry.within]


def to_json(value: tuple[Approval, ...]) -> list[Any]:
    """A list of entries."""
    return [
        {
            "unless": [item.to_json() for item in entry.unless],
            "keys": [key.to_jwk() for key in entry.keys],
            "need": entry.need,
            "within": entry.within,
        }
        for entry in value
    ]


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of entries."""
    return as_set(each(form, _entry_from_json))


def _entry_from_json(form: object) -> list[Encodable]:
    found = members(form, {"unless", "keys", "need", "within"}, ())
    unless = as_set(each(found["unless"], permission_from_json))
    keys = as_set(each(found["keys"], key_from_json))
    return [unless, keys, found["need"], found["within"]]
