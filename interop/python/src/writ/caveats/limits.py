"""limits (§5.5.9): how much may be used in all, or in any window of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set, each, members
from ..names import is_unit
from .facts import Facts, Place

#: The units that the verifier counts itself.
CALL: Final = "call"
DENIAL: Final = "denial"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most this amount in a unit; with a window, in any so many seconds."""

    unit: str
    amount: int
    window: int | None = None


def parse(value: Value) -> tuple[Limit, ...]:
    """A set of entries, at least one."""
    items = expect.array(value, 1)
    entries = tuple(_entry(item) for item in items)
    expect.ascending(items)
    return entries


def _entry(value: Value) -> Limit:
    unit, amount, *window = expect.array(value, 2, 3)
    entry = Limit(
        expect.matching(unit, is_unit), expect.integer(amount), *map(expect.integer, window)
    )
    expect.degenerate(entry.window == 0)
    if entry.unit == DENIAL:
        expect.degenerate(entry.amount == 0 or entry.window is not None)
    return entry


def check(_value: tuple[Limit, ...], _facts: Facts, place: Place) -> Iterator[Denial]:
    """Counters are per audience; a store is needed to count."""
    if len(place.audiences) != 1:
        yield Denial("limits.audience", place.block, "limits", actual=sorted(place.audiences))
    else:
        need = {"kind": "store", "block": place.block}
        yield Denial("limits.store", place.block, "limits", need=need)


def contains(outer: tuple[Limit, ...], inner: tuple[Limit, ...]) -> bool:
    """For every outer entry there is an inner one with no greater amount in no shorter a time."""
    return all(any(_as_strict(one, other) for one in inner) for other in outer)


def _as_strict(inner: Limit, outer: Limit) -> bool:
    if inner.unit != outer.unit or inner.amount > outer.amount:
        return False
    # No window is the longest.
    return inner.window is None or (outer.window is not None and inner.window >= outer.window)


def meet(_left: tuple[Limit, ...], _right: tuple[Limit, ...]) -> None:
    """None: a counter belongs to its block, so two are two."""


def exceeds(outer: tuple[Limit, ...], inner: tuple[Limit, ...]) -> bool:
    """An inner entry has a greater amount than an outer one of the same unit and window."""
    return any(
        (one.unit, one.window) == (other.unit, other.window) and one.amount > other.amount
        for one in inner
        for other in outer
    )


def to_json(value: tuple[Limit, ...]) -> list[Any]:
    """A list of entries."""
    return [_entry_to_json(entry) for entry in value]


def _entry_to_json(entry: Limit) -> dict[str, Any]:
    form = {"unit": entry.unit, "amount": entry.amount}
    return form if entry.window is None else {**form, "window": entry.window}


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of entries."""
    return as_set(each(form, _entry_from_json))


def _entry_from_json(form: object) -> list[Encodable]:
    found = members(form, {"unit", "amount"}, {"window"})
    entry = [found["unit"], found["amount"]]
    return [*entry, found["window"]] if "window" in found else entry
