"""What a store is asked and what it answers, whatever it is made of (§9.6.1)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

#: The key of a row: its kind, and ids that no token can spell in two ways.
Key: TypeAlias = tuple[Hashable, ...]
#: All rows of a store, by key.
Rows: TypeAlias = Mapping[Key, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a status or an answer; of two that contradict each other, nothing holds."""

    time: int
    what: Any
    final: bool
    until: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep what was said under a key (§9.7.4). It takes effect whatever else refuses."""

    key: Key
    said: Said

    def settle(self, kept: Said | None) -> tuple[Said, bool]:
        """What is kept from now on, and whether the operation refuses."""
        said = self.said
        if kept is None:
            return said, False
        until = max(kept.until, said.until)
        as_before = Said(kept.time, kept.what, kept.final, until)
        if (kept.time, kept.what) == (said.time, said.what):
            return as_before, False
        if kept.final:
            return as_before, True
        if said.final or said.time > kept.time:
            return Said(said.time, said.what, said.final, until), False
        if said.time == kept.time:
            return Said(kept.time, None, False, until), True
        return as_before, True


class Operation(Protocol):
    """A part of a charge that is done only where none refuses."""

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        """The rows that it writes, each with its until."""
        ...

    def judge(self, rows: Rows, time: int) -> dict[str, Any] | None:
        """What was found where it refuses."""
        ...

    def apply(self, rows: dict[Key, Any], time: int, reservation: str | None) -> None:
        """Change the rows, which are all there."""
        ...


@dataclass(frozen=True, slots=True)
class Reserve:
    """Costs of a charge that are settled later, by unit."""

    id: str
    until: int
    costs: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "until": self.until, "costs": dict(self.costs)}


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of keeping something: what was kept before, and whether that refuses."""

    keep: Keep
    before: Said | None
    refused: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer to a charge: it was done unless something refuses."""

    #: Of each operation what was found where it refuses, else None.
    found: tuple[dict[str, Any] | None, ...]
    kept: tuple[Kept, ...]

    @property
    def refused(self) -> bool:
        return any(found is not None for found in self.found) or any(
            kept.refused for kept in self.kept
        )


class Store(Protocol):
    """A store. Whatever keeps it from a complete answer is a WritError with a code of `store`."""

    @property
    def durable(self) -> bool:
        """Whether what it charged survives the end of the process and a loss of power."""
        ...

    def charge(
        self,
        now: int,
        keeps: Sequence[Keep],
        operations: Sequence[Operation] = (),
        reserve: Reserve | None = None,
    ) -> Answer:
        """Do all of it or nothing, but for what is kept (§9.6, step 6)."""
        ...

    def settle(self, now: int, reservation: str, costs: Mapping[str, object]) -> None:
        """Give back what a reservation did not come to (§9.6.3)."""
        ...

    def lift(self, block: bytes) -> None:
        """Set the counts of all branches of which a block is part to 0 (§9.6.4)."""
        ...

    def usage(self, now: int, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        """How limits and plans stand."""
        ...
