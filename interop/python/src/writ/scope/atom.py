"""The values that predicates compare (§5.6.2), and the order of sets (§3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from .. import expect
from ..cbor import Encodable, Value
from ..errors import WritError

Type: TypeAlias = Literal["integer", "text", "boolean"]


@dataclass(frozen=True, slots=True)
class Atom:
    """A value with its type, since Python takes True and 1 for equal."""

    type: Type
    value: int | str | bool


def atom_of(value: object) -> Atom | None:
    """The atom that a JSON value is, or None; 12.0 is the integer 12."""
    match value:
        case bool():
            return Atom("boolean", value)
        case int():
            return Atom("integer", value)
        case float() if value.is_integer():
            return Atom("integer", int(value))
        case str():
            return Atom("text", value)
    return None


def parse_atom(value: Value) -> Atom:
    """Read a value from a token."""
    atom = atom_of(value)
    if atom is None:
        raise WritError("claim.value", "an integer, a text or a boolean is expected")
    return atom


def parse_atoms(value: Value, least: int) -> tuple[Atom, ...]:
    """Read a set of at least so many values."""
    items = expect.array(value, least)
    atoms = tuple(parse_atom(item) for item in items)
    expect.ascending(items)
    return atoms


def wire_order(value: Encodable) -> tuple[Any, ...]:
    """A key that sorts as encodings do, of computed values too that no encoder would write."""
    match value:
        case bool():
            return (7, value)
        case int():
            return (0, value) if value >= 0 else (1, -1 - value)
        case bytes():
            return (2, len(value), value)
        case str():
            raw = value.encode()
            return (3, len(raw), raw)
        case Mapping():
            pairs = sorted((wire_order(key), wire_order(item)) for key, item in value.items())
            return (5, len(pairs), *pairs)
        case list() | tuple():
            return (4, len(value), *map(wire_order, value))
    raise WritError("cbor.simple", "a value that has no encoding")


def in_wire_order(atoms: Iterable[Atom]) -> tuple[Atom, ...]:
    """Values as a set, each once."""
    return tuple(sorted(set(atoms), key=lambda atom: wire_order(atom.value)))
