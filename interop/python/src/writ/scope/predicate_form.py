"""Predicates as they are written: in a token, and in JSON (§5.6.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .. import expect
from ..cbor import MAX_INT, Encodable, Value
from ..errors import WritError
from ..forms import as_set, each, to_encodable
from .address import parse_network
from .atom import parse_atom, parse_atoms
from .host import is_host
from .pattern import is_pattern
from .predicate import (
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

_RANGE: Final = 4


def parse_predicate(value: Value) -> Predicate:
    """Read a predicate from a token."""
    parts = expect.array(value, 2, 3)
    kind = expect.integer(parts[0], 1, len(_NUMBERS))
    if (len(parts) == 3) != (kind == _RANGE):
        raise WritError("claim.value", "a predicate has an operand, and a range two sides")
    if kind == _RANGE:
        return _range(parts[1], parts[2])
    return _PARSERS[kind](parts[1])


def _range(low: Value, high: Value) -> Range:
    sides = [None if side is False else expect.integer(side, -MAX_INT) for side in (low, high)]
    found = Range(*sides)
    if found.low is None or found.high is None:
        expect.degenerate(found.low is found.high)
    else:
        expect.degenerate(found.low > found.high)
    return found


def _cidr(value: Value) -> Cidr:
    network = parse_network(expect.text(value))
    if network is None:
        raise WritError("claim.value", "a network is expected")
    return Cidr(network)


def _host(value: Value) -> Host:
    items = expect.array(value, 1)
    hosts = tuple(expect.matching(item, is_host) for item in items)
    expect.ascending(items)
    return Host(hosts)


def _all(value: Value) -> All:
    items = expect.array(value, 2)
    members = tuple(_member(item) for item in items)
    expect.ascending(items)
    return All(members)


def _member(value: Value) -> Simple:
    predicate = parse_predicate(value)
    if isinstance(predicate, All):
        raise WritError("claim.degenerate", "an all inside an all")
    return predicate


_PARSERS: Final[dict[int, Callable[[Value], Predicate]]] = {
    1: lambda value: Eq(parse_atom(value)),
    2: lambda value: In(parse_atoms(value, 2)),
    3: lambda value: NotIn(parse_atoms(value, 1)),
    5: lambda value: Pattern(expect.matching(value, is_pattern)),
    6: lambda value: Suffix(expect.text(value)),
    7: lambda value: Subset(parse_atoms(value, 0)),
    8: lambda value: Size(expect.integer(value)),
    9: _cidr,
    10: _host,
    11: _all,
}

_KINDS: Final[tuple[type[Predicate], ...]] = (
    *(Eq, In, NotIn, Range, Pattern, Suffix, Subset, Size, Cidr, Host, All),
)
_NUMBERS: Final[dict[str, int]] = {kind.name: place for place, kind in enumerate(_KINDS, start=1)}
_SETS: Final = {In.name, NotIn.name, Subset.name, Host.name}


def predicate_from_json(form: object) -> list[Encodable]:
    """The wire form of a predicate in JSON. What it says is judged by who decodes it."""
    if not isinstance(form, Mapping) or len(form) != 1:
        raise WritError("mint.input", "a predicate has one member")
    ((name, operand),) = form.items()
    if name not in _NUMBERS:
        raise WritError("mint.input", "a predicate that is not known")
    number = _NUMBERS[name]
    if name == Range.name:
        return [number, *each(operand, lambda side: False if side is None else side)]
    if name == All.name:
        return [number, as_set(each(operand, predicate_from_json))]
    if name in _SETS:
        return [number, as_set(operand)]
    return [number, to_encodable(operand)]
