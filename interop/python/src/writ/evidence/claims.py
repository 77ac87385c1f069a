"""The payloads of evidence (§5.8.1 to §5.8.3): their claims, and how they are read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from .. import cbor, expect
from ..cbor import Encodable, Value
from ..errors import WritError
from ..expect import Rule
from ..payload import INVOCATION
from ..token import Digest


class State(IntEnum):
    """How a mission stands. The last two are ends."""

    ACTIVE = 1
    SUSPENDED = 2
    COMPLETED = 3
    REVOKED = 4

    @property
    def is_end(self) -> bool:
        return self >= State.COMPLETED


@dataclass(frozen=True, slots=True)
class Entry:
    """What a statement says of one subject: its state, and the revoked ids, each with its until."""

    state: State
    revoked: Mapping[bytes, int]


@dataclass(frozen=True, slots=True)
class Status:
    """A statement of a status authority about its subjects."""

    exp: int
    issued: int
    subjects: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Answer:
    """The yes or no of an approver to a request."""

    action: str
    resource: str
    audience: str
    exp: int
    iat: int
    nonce: bytes
    arguments: Digest | None
    yes: bool


@dataclass(frozen=True, slots=True)
class Consent:
    """The grantor's own yes to a root block."""

    iat: int


def read_status(payload: bytes) -> Status:
    """Read the claims of a status; only its bytes bound the number of its subjects and ids."""
    rules: dict[int, Rule] = {4: expect.time, 6: expect.time, 8: _subjects}
    read = expect.claims(cbor.decode(payload, free_entries=True), rules, (4, 6, 8))
    return Status(read[4], read[6], read[8])


def _subjects(value: Value) -> dict[str, Entry]:
    pairs = expect.mapping(value, 1).items()
    return {expect.text(subject): _entry(entry) for subject, entry in pairs}


def _entry(value: Value) -> Entry:
    state, ids = _pair(value)
    known = State(expect.integer(state, State.ACTIVE, State.REVOKED))
    if not isinstance(ids, list):
        raise WritError("claim.value", "a list of revoked ids is expected")
    revoked: dict[bytes, int] = {}
    for item in ids:
        listed, until = _pair(item)
        revoked[expect.octets(listed, 32)] = expect.time(until)
    expect.ascending(ids)
    expect.degenerate(len(revoked) != len(ids))
    return Entry(known, revoked)


def _pair(value: Value) -> tuple[Value, Value]:
    first, second = expect.array(value, 2, 2)
    return first, second


def write_status(status: Status) -> bytes:
    """Encode the claims of a status."""
    subjects: dict[str, Encodable] = {
        subject: [int(entry.state), sorted([item, until] for item, until in entry.revoked.items())]
        for subject, entry in status.subjects.items()
    }
    return cbor.encode({4: status.exp, 6: status.issued, 8: subjects}, free_entries=True)


def read_answer(payload: bytes) -> Answer:
    """Read the claims of an approval: those of the request with the rules of an invocation."""
    rules: dict[int, Rule] = {key: INVOCATION.rules[key] for key in (1, 2, 3, 7, 8)}
    rules |= {4: expect.time, 6: expect.time, 10: _yes_or_no}
    read = expect.claims(cbor.decode(payload), rules, (1, 2, 3, 4, 6, 7, 10))
    if read[4] <= read[6]:
        raise WritError("claim.value", "an answer that ends when it begins")
    return Answer(read[1], read[2], read[3], read[4], read[6], read[7], read.get(8), read[10])


def _yes_or_no(value: Value) -> bool:
    if not isinstance(value, bool):
        raise WritError("claim.value", "yes or no is expected")
    return value


def write_answer(answer: Answer) -> bytes:
    """Encode the claims of an approval."""
    claims: dict[int, Encodable] = {
        1: answer.action,
        2: answer.resource,
        3: answer.audience,
        4: answer.exp,
        6: answer.iat,
        7: answer.nonce,
        10: answer.yes,
    }
    if answer.arguments is not None:
        claims[8] = [answer.arguments.mode, answer.arguments.sha256]
    return cbor.encode(claims)


_CONSENT_RULES: Final[dict[int, Rule]] = {6: expect.time}


def read_consent(payload: bytes) -> Consent:
    """Read the claims of a consent."""
    return Consent(expect.claims(cbor.decode(payload), _CONSENT_RULES, (6,))[6])


def write_consent(consent: Consent) -> bytes:
    """Encode the claims of a consent."""
    return cbor.encode({6: consent.iat})
