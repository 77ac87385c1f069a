"""scope (§5.5.4): one of the permissions admits the request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set, each
from ..scope.permission import Permission, parse_permission, permission_from_json
from ..scope.permission_order import meet_scopes, scope_contains
from .facts import Facts, Place


def parse(value: Value) -> tuple[Permission, ...]:
    """A set of permissions, at least one."""
    items = expect.array(value, 1)
    permissions = tuple(parse_permission(item) for item in items)
    expect.ascending(items)
    return permissions


def check(value: tuple[Permission, ...], facts: Facts, place: Place) -> Iterator[Denial]:
    """One permission names the action, covers the resource and admits the arguments."""
    named = [item for item in value if item.names(facts.action)]
    covering = [item for item in named if item.covers(facts.resource)]
    if not named:
        yield Denial("scope.action", place.block, "scope", actual=facts.action)
    elif not covering:
        yield Denial("scope.resource", place.block, "scope", actual=facts.resource)
    elif not any(item.admits_arguments(facts.args) for item in covering):
        yield Denial("scope.arguments", place.block, "scope", actual=dict(facts.args))


def contains(outer: tuple[Permission, ...], inner: tuple[Permission, ...]) -> bool:
    """Every inner permission, or each of its parts, is in one outer permission."""
    return scope_contains(outer, inner)


def meet(
    left: tuple[Permission, ...], right: tuple[Permission, ...]
) -> tuple[Permission, ...] | None:
    """The permissions of what both admit."""
    return meet_scopes(left, right)


def to_json(value: tuple[Permission, ...]) -> list[Any]:
    """A list of permissions."""
    return [item.to_json() for item in value]


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of permissions."""
    return as_set(each(form, permission_from_json))
