"""Weighing statuses (§9.7.1)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..caveats.alive import Alive
from ..caveats.facts import SKEW
from ..decision import Denial
from ..evidence import Entry, Piece, State, Status
from ..keys import ED25519
from ..token import Block
from .outcome import Outcome, Said, alarm, refusal


@dataclass(frozen=True, slots=True)
class _Statement:
    """What one status says of the subject."""

    piece: Piece
    issued: int
    exp: int
    entry: Entry

    @property
    def is_end(self) -> bool:
        return self.entry.state.is_end


def weigh_alive(
    asked: Denial,
    entry: Alive,
    subject: str,
    pieces: Sequence[Piece],
    blocks: Sequence[Block],
    now: int,
) -> Outcome:
    """Weigh the statuses at hand for one entry about its subject."""
    statuses = [(piece, piece.claims) for piece in pieces if isinstance(piece.claims, Status)]
    own = [(piece, claims) for piece, claims in statuses if piece.kid == entry.key.id]
    statements = [
        _Statement(piece, claims.issued, claims.exp, claims.subjects[subject])
        for piece, claims in own
        if subject in claims.subjects
    ]
    if not statements:
        code = "alive.status"
        if own:
            code = "alive.subject"
        elif any(subject in claims.subjects for _, claims in statuses):
            code = "alive.authority"
        return Outcome((refusal(asked, code, needed=True, expected=subject),))
    left = [item for item in statements if item.issued <= now + SKEW]
    if not left:
        earliest = min(item.issued for item in statements)
        denial = refusal(asked, "alive.early", needed=True, expected=earliest, actual=now)
        return Outcome((denial,))
    latest = _that_count(left, now - entry.within)
    said = tuple(
        Said(entry.key, subject, item.issued, item.entry, entry.within, item.piece, asked)
        for item in latest
        if item.issued >= now - entry.within
    )
    outcome = _judge(asked, entry, subject, latest, left, blocks, now)
    return Outcome(outcome.denials, outcome.relied, outcome.alarms, said)


def _that_count(left: Sequence[_Statement], oldest: int) -> list[_Statement]:
    """The latest of those that are compared; of those that say the same, the first (steps 3, 4)."""
    compared = [item for item in left if item.is_end and item.issued >= oldest] or left
    latest = max(item.issued for item in compared)
    found: list[_Statement] = []
    for item in compared:
        if item.issued == latest and all(item.entry != other.entry for other in found):
            found.append(item)
    return found


def _judge(
    asked: Denial,
    entry: Alive,
    subject: str,
    latest: Sequence[_Statement],
    left: Sequence[_Statement],
    blocks: Sequence[Block],
    now: int,
) -> Outcome:
    """What the statement that counts says, by the first rule that applies (steps 4 to 9)."""
    counted, issued = latest[0], latest[0].issued
    if len(latest) > 1:
        needed = not any(item.is_end for item in latest)
        conflict = alarm("conflict", entry.key, subject, issued)
        return Outcome(
            (refusal(asked, "alive.conflict", needed=needed, expected=issued),), alarms=(conflict,)
        )
    state = counted.entry.state
    if counted.is_end:
        denial = refusal(asked, _of(state), needed=False, expected="active", actual=_name(state))
        after = [item.issued for item in left if not item.is_end and item.issued >= issued]
        kind = "revived" if after and max(after) > issued else "conflict"
        alarms = (alarm(kind, entry.key, subject, max(after)),) if after else ()
        return Outcome((denial,), alarms=alarms)
    if now - issued > entry.within or now >= counted.exp:
        expected = {"within": entry.within, "exp": counted.exp}
        actual = {"issued": issued, "now": now}
        return Outcome(
            (refusal(asked, "alive.stale", needed=True, expected=expected, actual=actual),)
        )
    if state is State.SUSPENDED:
        return Outcome(
            (refusal(asked, _of(state), needed=False, expected="active", actual=_name(state)),)
        )
    denials = tuple(_revoked(asked, counted.entry, blocks))
    if denials:
        return Outcome(denials)
    relied = {
        "kind": "status",
        "block": asked.block,
        "key": entry.key.to_jwk(),
        "subject": subject,
        "issued": issued,
        "age": max(0, now - issued),
    }
    return Outcome(relied=(relied,))


def _revoked(asked: Denial, entry: Entry, blocks: Sequence[Block]) -> Iterator[Denial]:
    """Every block that is listed, and every delegate's key (step 8)."""
    for index, block in enumerate(blocks):
        ids = {"alive.block": block.id}
        if block.key is not None and block.key.alg == ED25519:
            ids["alive.key"] = hashlib.sha256(block.key.data).digest()
        for code, item in ids.items():
            if item in entry.revoked:
                actual = {"block": index, "id": item.hex()}
                yield refusal(asked, code, needed=False, actual=actual)


def _of(state: State) -> str:
    """The code of a state that is not active."""
    return f"alive.{_name(state)}"


def _name(state: State) -> str:
    return state.name.lower()
