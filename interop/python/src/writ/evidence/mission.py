"""How the state of a mission changes (§5.8.1): an end stays."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from ..errors import WritError
from .claims import State

Change: TypeAlias = Literal["start", "suspend", "resume", "complete", "revoke"]

_AFTER: Final[dict[Change, State]] = {
    "start": State.ACTIVE,
    "suspend": State.SUSPENDED,
    "resume": State.ACTIVE,
    "complete": State.COMPLETED,
    "revoke": State.REVOKED,
}


def change_state(state: State, change: Change) -> State:
    """The state of a mission after a change; of one that has ended there is none."""
    if state.is_end:
        raise WritError("mission.final")
    return _AFTER[change]
