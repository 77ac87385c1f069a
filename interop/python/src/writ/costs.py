"""What a service says that a request costs (§9.1, §9.6.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from .cbor import MAX_INT
from .errors import WritError


@dataclass(frozen=True, slots=True)
class AtMost:
    """A cost that is known later: it counts in full until it is settled."""

    cost: int


#: What is stated, by unit; about a unit that is not there, nothing is said.
Costs: TypeAlias = Mapping[str, int | AtMost]


def whole(cost: int | AtMost) -> int | AtMost:
    """A cost that was stated, as the whole number that it is; else `cost.malformed`."""
    value = cost.cost if isinstance(cost, AtMost) else cost
    if not is_cost(value):
        raise WritError("cost.malformed")
    return AtMost(int(value)) if isinstance(cost, AtMost) else int(value)


def is_cost(value: object, most: int = MAX_INT) -> TypeGuard[int]:
    """Whether a value is a whole number from 0; 1.0 is the integer 1."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= most and value == int(value)
