"""Branches: requests outside of what is granted, and who is frozen for them (§9.6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .operations import Key, Rows


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch that a block watches: it passes while it has counted too few denials (§9.6.4)."""

    block: bytes
    #: The block below it in the chain; where the chain ends there, the block itself.
    below: bytes
    audience: str
    amount: int
    until: int

    @property
    def key(self) -> Key:
        return ("branch", self.block, self.below, self.audience, self.amount)

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        return ()

    def judge(self, rows: Rows, _time: int) -> dict[str, Any] | None:
        for used in self._counts(rows):
            if used >= self.amount:
                return {"used": used}
        return None

    def apply(self, _rows: dict[Key, Any], _time: int, _reservation: str | None) -> None:
        """A request that passes leaves no trace in the branches."""

    def stands(self, rows: Rows, _time: int) -> dict[str, Any]:
        return {"used": max(self._counts(rows))}

    def _counts(self, rows: Rows) -> tuple[int, int]:
        """Of the block with itself, whose holder is above all branches, and of its branch."""
        own = ("branch", self.block, self.block, self.audience, self.amount)
        return rows.get(own) or 0, rows.get(self.key) or 0


@dataclass(frozen=True, slots=True)
class Count:
    """One request outside of what is granted, counted once in every branch (§9.6.4)."""

    #: The SHA-256 of the signed bytes of the invocation.
    invocation: bytes
    until: int
    branches: tuple[Branch, ...]

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        invocation: Key = ("counted", self.invocation)
        branches = ((branch.key, branch.until) for branch in self.branches)
        return ((invocation, self.until), *branches)

    def judge(self, _rows: Rows, _time: int) -> dict[str, Any] | None:
        return None

    def apply(self, rows: dict[Key, Any], _time: int, _reservation: str | None) -> None:
        (invocation, _), *branches = self.keys
        if rows.get(invocation) is None:
            rows[invocation] = True
            for key, _ in branches:
                rows[key] = (rows.get(key) or 0) + 1
