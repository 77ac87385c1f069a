"""Reading typed values from CBOR items (§5.4): each helper returns the value or refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from .cbor import MAX_ENTRIES, MAX_INT, Value, encode
from .errors import WritError

#: Reads the value of one claim, or refuses it.
Rule: TypeAlias = Callable[[Value], Any]

MAX_TIME: Final = 2**33


def integer(value: Value, low: int = 0, high: int = MAX_INT) -> int:
    """An integer from low to high; booleans are none."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise WritError("claim.value", "an integer in its range is expected")
    return value


def time(value: Value) -> int:
    """Seconds from 0 and below 2^33 (§3.2)."""
    return integer(value, 0, MAX_TIME - 1)


def text(value: Value) -> str:
    """Any text of §3."""
    if not isinstance(value, str):
        raise WritError("claim.value", "a text is expected")
    return value


def matching(value: Value, grammar: Callable[[str], bool]) -> str:
    """A text of a grammar (§2)."""
    found = text(value)
    if not grammar(found):
        raise WritError("claim.value", "a text of its grammar is expected")
    return found


def octets(value: Value, least: int, most: int | None = None) -> bytes:
    """A byte string of `least` to `most` bytes, by default of exactly `least`."""
    if not isinstance(value, bytes) or not least <= len(value) <= (most or least):
        raise WritError("claim.value", "bytes of their length are expected")
    return value


def array(value: Value, least: int = 0, most: int = MAX_ENTRIES) -> list[Value]:
    """An array of `least` to `most` elements."""
    if not isinstance(value, list) or not least <= len(value) <= most:
        raise WritError("claim.value", "an array of its length is expected")
    return value


def mapping(value: Value, least: int = 0) -> dict[int | str, Value]:
    """A map of at least `least` pairs."""
    if not isinstance(value, dict) or len(value) < least:
        raise WritError("claim.value", "a map of its size is expected")
    return value


def ascending(items: Iterable[Value]) -> None:
    """Refuse what is not a set: strictly ascending by encoding (§3.1)."""
    before = b""
    for item in items:
        encoded = encode(item)
        if encoded <= before:
            raise WritError("claim.set")
        before = encoded


def degenerate(found: bool) -> None:
    """Refuse a form that says nothing or has another spelling."""
    if found:
        raise WritError("claim.degenerate")


def claims(value: Value, rules: Mapping[int, Rule], required: Iterable[int] = ()) -> dict[int, Any]:
    """Read a map of claims (§5.4): key by key in wire order, then the missing ones."""
    read: dict[int, Any] = {}
    for key, item in mapping(value).items():
        if not isinstance(key, int) or key not in rules:
            raise WritError("claim.unknown")
        read[key] = rules[key](item)
    if any(key not in read for key in required):
        raise WritError("claim.missing")
    return read
