"""Counters: what is used of the limits (§9.6.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..caveats.limits import Limit
from .operations import Key, Rows


@dataclass(slots=True)
class Use:
    """One cost that was charged to a counter."""

    time: int
    cost: int
    #: The id of its reservation, as long as it may be settled.
    reservation: str | None


@dataclass(frozen=True, slots=True)
class Spend:
    """A cost of the request, charged to the counter of one entry of limits (§9.6.3)."""

    block: bytes
    audience: str
    limit: Limit
    cost: int
    #: Whether the cost is settled later.
    reserved: bool
    until: int

    @property
    def key(self) -> Key:
        return ("counter", self.block, self.audience, self.limit)

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        # What costs 0 leaves no trace.
        return ((self.key, self.until),) if self.cost else ()

    def judge(self, rows: Rows, time: int) -> dict[str, Any] | None:
        uses = list(self.uses(rows, time))
        used = sum(use.cost for use in uses)
        if not self.cost or used + self.cost <= self.limit.amount:
            return None
        found = {"used": used, "cost": self.cost}
        if self.limit.window is not None and uses:
            found["frees"] = min(use.time for use in uses) + self.limit.window
        return found

    def apply(self, rows: dict[Key, Any], time: int, reservation: str | None) -> None:
        if self.cost:
            uses = list(self.uses(rows, time))
            use = Use(time, self.cost, reservation if self.reserved else None)
            last = uses[-1] if uses else use
            same = self.limit.window is None or last.time == time
            if uses and same and last.reservation is use.reservation is None:
                last.cost += self.cost
            else:
                uses.append(use)
            rows[self.key] = uses

    def uses(self, rows: Rows, time: int) -> Iterator[Use]:
        """The uses that count: all of them, or those that are in the window."""
        window = self.limit.window
        for use in rows.get(self.key) or ():
            if use.cost and (window is None or use.time > time - window):
                yield use

    def stands(self, rows: Rows, time: int) -> dict[str, Any]:
        return {"used": sum(use.cost for use in self.uses(rows, time))}
