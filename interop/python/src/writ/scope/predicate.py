"""Predicates: what one JSON value must be (§5.6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, TypeGuard

from ..cbor import Encodable
from . import pattern
from .address import Network, parse_address
from .atom import Atom, Type, atom_of
from .host import host_of


@dataclass(frozen=True, slots=True)
class Eq:
    """The equal value."""

    name: ClassVar = "eq"
    value: Atom

    def admits(self, value: object) -> bool:
        return atom_of(value) == self.value

    def wire(self) -> list[Encodable]:
        return [1, self.value.value]

    def operand(self) -> Any:
        return self.value.value


@dataclass(frozen=True, slots=True)
class _Values:
    values: tuple[Atom, ...]

    def operand(self) -> Any:
        return [atom.value for atom in self.values]

    def types(self) -> set[Type]:
        return {atom.type for atom in self.values}


@dataclass(frozen=True, slots=True)
class In(_Values):
    """A value equal to an element. Of no values, it is computed only and nothing fulfils it."""

    name: ClassVar = "in"

    def admits(self, value: object) -> bool:
        return atom_of(value) in self.values

    def wire(self) -> list[Encodable]:
        return [2, self.operand()]


@dataclass(frozen=True, slots=True)
class NotIn(_Values):
    """A value that equals no element and has the type of one of them."""

    name: ClassVar = "notIn"

    def admits(self, value: object) -> bool:
        atom = atom_of(value)
        return atom is not None and atom not in self.values and atom.type in self.types()

    def wire(self) -> list[Encodable]:
        return [3, self.operand()]


@dataclass(frozen=True, slots=True)
class Range:
    """A number from low to high; None leaves a side open."""

    name: ClassVar = "range"
    low: int | None
    high: int | None

    def admits(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def wire(self) -> list[Encodable]:
        return [4, *(False if side is None else side for side in (self.low, self.high))]

    def operand(self) -> Any:
        return [self.low, self.high]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text that is a resource which the pattern admits."""

    name: ClassVar = "pattern"
    text: str

    def admits(self, value: object) -> bool:
        return (
            isinstance(value, str)
            and pattern.is_resource(value)
            and pattern.admits(self.text, value)
        )

    def wire(self) -> list[Encodable]:
        return [5, self.text]

    def operand(self) -> Any:
        return self.text


@dataclass(frozen=True, slots=True)
class Suffix:
    """A text that ends with the operand."""

    name: ClassVar = "suffix"
    text: str

    def admits(self, value: object) -> bool:
        return isinstance(value, str) and value.endswith(self.text)

    def wire(self) -> list[Encodable]:
        return [6, self.text]

    def operand(self) -> Any:
        return self.text


@dataclass(frozen=True, slots=True)
class Subset(_Values):
    """A list of which every element equals an operand's."""

    name: ClassVar = "subset"

    def admits(self, value: object) -> bool:
        return _is_list(value) and all(atom_of(item) in self.values for item in value)

    def wire(self) -> list[Encodable]:
        return [7, self.operand()]


@dataclass(frozen=True, slots=True)
class Size:
    """A text of at most so many UTF-8 bytes, a list of at most so many elements."""

    name: ClassVar = "size"
    most: int

    def admits(self, value: object) -> bool:
        if isinstance(value, str):
            return len(value.encode()) <= self.most
        return _is_list(value) and len(value) <= self.most

    def wire(self) -> list[Encodable]:
        return [8, self.most]

    def operand(self) -> Any:
        return self.most


@dataclass(frozen=True, slots=True)
class Cidr:
    """A text that is an address in the network."""

    name: ClassVar = "cidr"
    network: Network

    def admits(self, value: object) -> bool:
        address = parse_address(value) if isinstance(value, str) else None
        return address is not None and self.network.holds(address)

    def wire(self) -> list[Encodable]:
        return [9, self.network.text]

    def operand(self) -> Any:
        return self.network.text


@dataclass(frozen=True, slots=True)
class Host:
    """A text whose host equals an element."""

    name: ClassVar = "host"
    hosts: tuple[str, ...]

    def admits(self, value: object) -> bool:
        return isinstance(value, str) and host_of(value) in self.hosts

    def wire(self) -> list[Encodable]:
        return [10, self.operand()]

    def operand(self) -> Any:
        return list(self.hosts)


@dataclass(frozen=True, slots=True)
class All:
    """What every member admits."""

    name: ClassVar = "all"
    members: tuple[Simple, ...]

    def admits(self, value: object) -> bool:
        return all(member.admits(value) for member in self.members)

    def wire(self) -> list[Encodable]:
        return [11, [member.wire() for member in self.members]]

    def operand(self) -> Any:
        return [predicate_to_json(member) for member in self.members]


Simple: TypeAlias = Eq | In | NotIn | Range | Pattern | Suffix | Subset | Size | Cidr | Host
Predicate: TypeAlias = Simple | All

#: What nothing fulfils (§5.6.2, *Meet*); on the wire it would be malformed.
NOTHING = In(())


def predicate_to_json(predicate: Predicate) -> dict[str, Any]:
    """The form for people and interfaces: `{"range": [1, 500]}`."""
    return {predicate.name: predicate.operand()}


def _is_list(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)
