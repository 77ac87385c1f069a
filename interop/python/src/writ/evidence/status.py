"""Minting statuses (§5.8.1)."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import WritError
from ..keys import Signer
from .claims import Entry, Status, write_status
from .piece import Piece, make_piece


def issue_status(
    key: Signer, subjects: Mapping[str, Entry], *, now: int, exp: int, last: Status | None = None
) -> Piece:
    """State how missions stand, as one statement that is later than the last one of this key.

    What has ended in the last statement stays ended (`mission.final`).
    """
    issued = now if last is None else max(now, last.issued + 1)
    for subject, entry in last.subjects.items() if last else ():
        if entry.state.is_end and subject in subjects and subjects[subject].state != entry.state:
            raise WritError("mission.final")
    try:
        payload = write_status(Status(exp, issued, subjects))
    except WritError as error:
        raise WritError("mint.input", f"the statement has {error.code}") from None
    return make_piece("status", key, b"", payload)
