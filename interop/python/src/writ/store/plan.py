"""Plans: which step is open (§9.6.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .operations import Key, Rows


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a plan: how often it is taken, and whether it admits the request."""

    min: int
    max: int
    admits: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is: the step that was taken last, and how often each was taken."""

    position: int
    taken: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TakeStep:
    """The first open step of a plan that admits the request (§9.6.5)."""

    block: bytes
    audience: str
    until: int
    steps: tuple[Step, ...] = field(repr=False)

    @property
    def key(self) -> Key:
        return ("plan", self.block, self.audience)

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        return ((self.key, self.until),)

    def judge(self, rows: Rows, _time: int) -> dict[str, Any] | None:
        progress = self._progress(rows)
        index, taken = self._walk(progress)
        if taken:
            return None
        early = index is not None and not any(step.admits for step in self.steps[: index + 1])
        return {"early": early, "taken": list(progress.taken), "position": progress.position}

    def apply(self, rows: dict[Key, Any], _time: int, _reservation: str | None) -> None:
        progress = self._progress(rows)
        index, _ = self._walk(progress)
        taken = list(progress.taken)
        position = progress.position if index is None else index
        taken[position] += 1
        rows[self.key] = Progress(position, tuple(taken))

    def stands(self, rows: Rows, _time: int) -> dict[str, Any]:
        progress = self._progress(rows)
        return {"taken": list(progress.taken), "position": progress.position}

    def _progress(self, rows: Rows) -> Progress:
        found: Progress | None = rows.get(self.key)
        return found or Progress(0, (0,) * len(self.steps))

    def _walk(self, progress: Progress) -> tuple[int | None, bool]:
        """The step at which the walk ends, or None behind the last; and whether it is taken."""
        for index in range(progress.position, len(self.steps)):
            step, taken = self.steps[index], progress.taken[index]
            if step.admits and taken < step.max:
                return index, True
            if taken < step.min:
                return index, False
        return None, False
