"""ext (§5.5.12): conditions of others, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import expect
from ..cbor import Encodable, Value, encode
from ..decision import Denial
from ..forms import members, to_encodable
from ..names import is_name
from .facts import Facts, Handler, Place


def parse(value: Value) -> dict[str, Value]:
    """A map from names to any items, at least one."""
    pairs = expect.mapping(value, 1).items()
    return {expect.matching(name, is_name): item for name, item in pairs}


def check(value: Mapping[str, Value], facts: Facts, place: Place) -> Iterator[Denial]:
    """Every name has a handler, which says yes to the value."""
    for name, item in sorted(value.items()):
        handler = facts.handlers.get(name)
        if handler is None:
            yield Denial("ext.unknown", place.block, "ext", name)
        elif not _says_yes(handler, item, facts):
            yield Denial("ext.refused", place.block, "ext", name)


def _says_yes(handler: Handler, item: Value, facts: Facts) -> bool:
    try:
        return handler(item, facts) is True
    except Exception:  # A handler that fails gave no answer, and no answer is no.
        return False


def contains(outer: Mapping[str, Value], inner: Mapping[str, Value]) -> bool:
    """Every outer name is an inner one with the same value, of the same encoding."""
    return outer.keys() <= inner.keys() and not exceeds(outer, inner)


def meet(left: Mapping[str, Value], right: Mapping[str, Value]) -> dict[str, Value] | None:
    """The names of both; None where they give one name two values."""
    return None if exceeds(left, right) else {**left, **right}


def exceeds(outer: Mapping[str, Value], inner: Mapping[str, Value]) -> bool:
    """They give one name two values, and only a handler could tell which is narrower."""
    return any(
        name in inner and encode(item) != encode(inner[name]) for name, item in outer.items()
    )


def to_json(value: Mapping[str, Value]) -> dict[str, Any]:
    """Values by name; bytes, which JSON has not, in hexadecimal."""
    return {name: item_to_json(item) for name, item in value.items()}


def item_to_json(item: Value) -> Any:
    """An item of §3 as JSON has it."""
    match item:
        case bytes():
            return item.hex()
        case list():
            return [item_to_json(part) for part in item]
        case dict():
            return {str(key): item_to_json(part) for key, part in item.items()}
    return item


def from_json(form: object) -> dict[str, Encodable]:
    """The claim, from values by name."""
    return {name: to_encodable(item) for name, item in members(form).items()}
