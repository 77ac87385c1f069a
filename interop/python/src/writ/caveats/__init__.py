"""The twelve caveats (§5.5): one module each, and the caveats of a block together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

from ..cbor import Value
from ..decision import Denial
from ..expect import Rule
from ..keys import PublicKey
from ..scope.permission import Permission
from ..scope.predicate import Predicate
from . import (
    alive,
    approval,
    aud,
    consent,
    context,
    delegation,
    exp,
    ext,
    limits,
    nbf,
    plan,
    scope,
)
from .facts import Facts, Place

#: The claim number of every caveat, in order.
KEYS: Final[dict[str, int]] = {
    "aud": 3,
    "exp": 4,
    "nbf": 5,
    "scope": 10,
    "delegation": 11,
    "alive": 12,
    "approval": 13,
    "context": 14,
    "limits": 15,
    "plan": 16,
    "consent": 17,
    "ext": 18,
}

MODULES: Final[dict[str, ModuleType]] = {
    "aud": aud,
    "exp": exp,
    "nbf": nbf,
    "scope": scope,
    "delegation": delegation,
    "alive": alive,
    "approval": approval,
    "context": context,
    "limits": limits,
    "plan": plan,
    "consent": consent,
    "ext": ext,
}

#: How each is read from a payload.
RULES: Final[dict[int, Rule]] = {KEYS[name]: module.parse for name, module in MODULES.items()}

#: Caveats that a store counts for; they are checked after all others (§9.3).
STATE: Final = ("limits", "plan")


@dataclass(frozen=True, slots=True)
class Caveats:
    """The caveats of one block; None where it has none of a name."""

    aud: tuple[str, ...] | None = None
    exp: int | None = None
    nbf: int | None = None
    scope: tuple[Permission, ...] | None = None
    delegation: delegation.Delegation | None = None
    alive: tuple[alive.Alive, ...] | None = None
    approval: tuple[approval.Approval, ...] | None = None
    context: Mapping[str, Predicate] | None = None
    limits: tuple[limits.Limit, ...] | None = None
    plan: tuple[plan.Step, ...] | None = None
    consent: PublicKey | None = None
    ext: Mapping[str, Value] | None = None

    @classmethod
    def of(cls, claims: Mapping[int, Any]) -> Caveats:
        """The caveats among the claims of a payload."""
        return cls(**{name: claims.get(number) for name, number in KEYS.items()})

    def items(self) -> Iterator[tuple[str, Any]]:
        """The caveats that are there, by name, in the order of their claim numbers."""
        for name in KEYS:
            value = getattr(self, name)
            if value is not None:
                yield name, value


def check(name: str, value: Any, facts: Facts, place: Place) -> Iterator[Denial]:
    """The denials of one caveat by logic alone."""
    denials: Iterator[Denial] = MODULES[name].check(value, facts, place)
    return denials
