"""aud (§5.5.1): the services that may accept the token."""

from __future__ import annotations

from collections.abc import Iterator

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set
from ..names import is_name
from .facts import Facts, Place


def parse(value: Value) -> tuple[str, ...]:
    """A set of names, at least one."""
    items = expect.array(value, 1)
    names = tuple(expect.matching(item, is_name) for item in items)
    expect.ascending(items)
    return names


def check(value: tuple[str, ...], facts: Facts, place: Place) -> Iterator[Denial]:
    """The verifier's own name is an element."""
    if facts.audience not in value:
        yield Denial("aud.other", place.block, "aud", list(value), facts.audience)


def contains(outer: tuple[str, ...], inner: tuple[str, ...]) -> bool:
    """Every inner name is an outer name."""
    return set(inner) <= set(outer)


def meet(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    """The names in both."""
    return tuple(name for name in left if name in right)


def to_json(value: tuple[str, ...]) -> list[str]:
    """A list of names."""
    return list(value)


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of names."""
    return as_set(form)
