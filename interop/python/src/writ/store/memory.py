"""A store in memory: for one process, and forgotten with it (§9.6)."""

from __future__ import annotations

import heapq
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ..caveats.facts import SKEW
from ..costs import is_cost
from ..errors import WritError
from .branch import Branch
from .budget import Spend, Use
from .operations import Answer, Keep, Kept, Key, Operation, Reserve, Said
from .plan import TakeStep

CAPACITY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class _Reservation:
    """An open reservation, and the uses that were charged for it, each with its unit."""

    until: int
    costs: Mapping[str, int]
    uses: tuple[tuple[str, Use], ...]


class MemoryStore:
    """Rows in memory, at most `capacity` of them. All methods may be called by any thread."""

    durable: Final = False

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._time = 0
        self._rows: dict[Key, Any] = {}
        self._until: dict[Key, int] = {}
        #: The untils of rows, the earliest first; a row that was prolonged is put back.
        self._queue: list[tuple[int, int, Key]] = []
        self._pushed = 0

    def charge(
        self,
        now: int,
        keeps: Sequence[Keep],
        operations: Sequence[Operation] = (),
        reserve: Reserve | None = None,
    ) -> Answer:
        """Do all of it or nothing, but for what is kept."""
        with self._lock:
            self._advance(now)
            found = tuple(operation.judge(self._rows, self._time) for operation in operations)
            kept = tuple(self._judge(keep) for keep in keeps)
            answer = Answer(found, kept)
            written = [(item.keep.key, item.keep.said.until) for item in kept]
            if not answer.refused:
                written += (key for operation in operations for key in operation.keys)
                if reserve is not None:
                    written.append((_reservation(reserve.id), reserve.until))
            self._make_room(written)
            for keep in keeps:
                self._rows[keep.key] = keep.settle(self._rows.get(keep.key))[0]
            if not answer.refused:
                self._apply(operations, reserve)
            return answer

    def settle(self, now: int, reservation: str, costs: Mapping[str, object]) -> None:
        """Give back what a reservation did not come to, as of when it was charged."""
        with self._lock:
            self._advance(now)
            found: _Reservation | None = self._rows.get(_reservation(reservation))
            if found is None or self._time >= found.until:
                raise WritError("reservation.unknown")
            if costs.keys() != found.costs.keys():
                raise WritError("cost.malformed", "other units than were reserved")
            settled: dict[str, int] = {}
            for unit, cost in costs.items():
                if not is_cost(cost, found.costs[unit]):
                    raise WritError("cost.malformed", "no whole number up to what was reserved")
                settled[unit] = int(cost)
            for unit, use in found.uses:
                use.cost = settled[unit]
                use.reservation = None
            self._forget(_reservation(reservation))

    def lift(self, block: bytes) -> None:
        """Set the counts of all branches of which a block is part to 0."""
        with self._lock:
            for key in self._rows:
                if key[0] == "branch" and block in key[1:3]:
                    self._rows[key] = 0

    def usage(self, now: int, operations: Sequence[Operation]) -> list[dict[str, Any]]:
        """How limits and plans stand."""
        with self._lock:
            time = max(now, self._time)
            counted = (item for item in operations if isinstance(item, Spend | Branch | TakeStep))
            return [item.stands(self._rows, time) for item in counted]

    def _advance(self, now: int) -> None:
        """Take the latest time, refuse a clock that is behind, and forget what is past."""
        if now < self._time - SKEW:
            raise WritError("store.clock")
        self._time = max(self._time, now)
        while self._queue and self._queue[0][0] + SKEW <= self._time:
            _, number, key = heapq.heappop(self._queue)
            until = self._until.get(key, 0)
            if until + SKEW > self._time:
                heapq.heappush(self._queue, (until, number, key))
            else:
                self._forget(key)

    def _forget(self, key: Key) -> None:
        self._until.pop(key, None)
        self._rows.pop(key, None)

    def _judge(self, keep: Keep) -> Kept:
        """What comes of keeping what was said, by how the store stood before."""
        before: Said | None = self._rows.get(keep.key)
        return Kept(keep, before, keep.settle(before)[1])

    def _make_room(self, written: Sequence[tuple[Key, int]]) -> None:
        """Note the rows that are to be written; nothing that counts is dropped for them."""
        new = {key for key, _ in written if key not in self._until}
        if len(self._until) + len(new) > self._capacity:
            raise WritError("store.full")
        for key, until in written:
            if key in new:
                self._pushed += 1
                heapq.heappush(self._queue, (until, self._pushed, key))
                new.discard(key)
            self._until[key] = max(until, self._until.get(key, 0))

    def _apply(self, operations: Sequence[Operation], reserve: Reserve | None) -> None:
        for operation in operations:
            operation.apply(self._rows, self._time, reserve.id if reserve else None)
        if reserve is not None:
            spent = [item for item in operations if isinstance(item, Spend) and item.reserved]
            uses = (
                (item.limit.unit, use)
                for item in spent
                for use in item.uses(self._rows, self._time)
                if use.reservation == reserve.id
            )
            self._rows[_reservation(reserve.id)] = _Reservation(
                reserve.until, reserve.costs, tuple(uses)
            )


def _reservation(name: str) -> Key:
    return ("reservation", name)
