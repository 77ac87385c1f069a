"""What weighing one entry of a caveat comes to (§9.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from ..decision import Denial
from ..evidence import Entry, Piece
from ..keys import PublicKey

#: Evidence that was relied on, and an alarm, in their JSON forms (§9.4).
Relied: TypeAlias = dict[str, Any]
Alarm: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a statement that counts says, for a store to keep (§9.7.4)."""

    key: PublicKey
    subject: str
    issued: int
    entry: Entry
    within: int
    #: The piece that says it.
    piece: Piece
    #: What an entry that asked has left of it: it gives the block and the need of a refusal.
    asked: Denial


@dataclass(frozen=True, slots=True)
class Outcome:
    """An entry holds, and relies on something; or it denies."""

    denials: tuple[Denial, ...] = ()
    relied: tuple[Relied, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    #: The statements that count, early and old ones left out.
    said: tuple[Said, ...] = ()


def refusal(asked: Denial, code: str, *, needed: bool, **found: Any) -> Denial:
    """The denial of an entry under the code that evidence gave it, with or without its need."""
    need = asked.need if needed else None
    return Denial(code, asked.block, asked.caveat, need=need, entry=asked.entry, **found)


def alarm(kind: str, key: PublicKey, subject: str, issued: int) -> Alarm:
    """A contradiction of a status authority, which somebody should look at."""
    return {"kind": kind, "key": key.to_jwk(), "subject": subject, "issued": issued}
