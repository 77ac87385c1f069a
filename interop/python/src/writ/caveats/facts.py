"""What a caveat is checked against: the facts of a request, and the place of its block (§9.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from ..cbor import Value
from ..json_text import Json
from ..keys import PublicKey

#: Clocks may differ by so many seconds (§3.2).
SKEW = 30


@dataclass(frozen=True, slots=True)
class Facts:
    """One request, as a service is about to do it, and what the service observes."""

    now: int
    audience: str
    action: str
    resource: str
    args: Mapping[str, Json]
    context: Mapping[str, Json]
    handlers: Mapping[str, Handler] = field(default_factory=dict)


#: Says True where an extension with this value admits these facts; anything else is no (§5.5.12).
Handler: TypeAlias = Callable[[Value, Facts], object]


class Delegated(Protocol):
    """What delegation asks of a block further down."""

    @property
    def delegate(self) -> str: ...

    @property
    def key(self) -> PublicKey | None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a caveat stands in the chain."""

    block: int
    #: The default subject (§5.5.6).
    subject: str
    #: The names that the `aud`s of the blocks down to this one have in common.
    audiences: frozenset[str]
    #: The blocks after this one.
    below: Sequence[Delegated] = ()
