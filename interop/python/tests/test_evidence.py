"""Evidence: minting, reading, and the text apart from a token (§5.8, §6)."""

from __future__ import annotations

import pytest
from scene import APPROVER, AUTHORITY, CFO, END, NOW, RESEARCH, SUBJECT, granted, sealed

from writ import WritError, approve, consent_to, decode_evidence, issue_status
from writ.evidence import Answer, Consent, Entry, State, Status

ACTIVE = Entry(State.ACTIVE, {})
ENDED = Entry(State.REVOKED, {})
ASKS = [{"unless": [], "keys": [APPROVER.public.to_jwk()], "need": 1, "within": 600}]


def refused(code: str) -> pytest.RaisesExc[WritError]:
    return pytest.RaisesExc(WritError, check=lambda error: error.code == code)


def test_a_status_is_read_as_it_was_issued() -> None:
    subjects = {SUBJECT: Entry(State.SUSPENDED, {bytes(32): END})}
    (piece,) = decode_evidence(issue_status(AUTHORITY, subjects, now=NOW, exp=END).text)
    assert piece.claims == Status(END, NOW, subjects)
    assert piece.kid == AUTHORITY.public.id
    assert piece.is_signed_by(AUTHORITY.public, b"")
    assert not piece.is_signed_by(CFO.public, b"")


def test_a_status_is_later_than_the_last_one() -> None:
    last = Status(END, NOW, {SUBJECT: ACTIVE})
    claims = issue_status(AUTHORITY, {SUBJECT: ACTIVE}, now=NOW - 60, exp=END, last=last).claims
    assert isinstance(claims, Status)
    assert claims.issued == NOW + 1


def test_what_ended_stays_so() -> None:
    last = Status(END, NOW, {SUBJECT: ENDED})
    with refused("mission.final"):
        issue_status(AUTHORITY, {SUBJECT: ACTIVE}, now=NOW, exp=END, last=last)


def test_a_status_of_many_subjects() -> None:
    subjects = {f"{SUBJECT}-{number}": ACTIVE for number in range(1000)}
    (piece,) = decode_evidence(issue_status(AUTHORITY, subjects, now=NOW, exp=END).text)
    assert isinstance(piece.claims, Status)
    assert len(piece.claims.subjects) == 1000


@pytest.mark.parametrize(
    "subjects", [{}, {"a\nb": ACTIVE}, {SUBJECT: Entry(State.ACTIVE, {bytes(31): END})}]
)
def test_what_no_decoder_reads_is_not_minted(subjects: dict[str, Entry]) -> None:
    with refused("mint.input"):
        issue_status(AUTHORITY, subjects, now=NOW, exp=END)


def test_an_approval_is_of_the_request() -> None:
    token = granted(approval=ASKS)
    text = sealed(token, args={"page": 1}, nonce=bytes(16))
    claims = approve(APPROVER, text, now=NOW, args={"page": 1}).claims
    assert isinstance(claims, Answer)
    assert (claims.action, claims.resource) == ("read", "reports/q3.pdf")
    assert claims.nonce == bytes(16)
    assert claims.yes


def test_approvals_that_are_refused() -> None:
    token = granted(approval=[{**ASKS[0], "keys": [APPROVER.public, RESEARCH.public]}])
    text = sealed(token, args={"page": 1})
    with refused("mint.input"):
        approve(APPROVER, text, now=NOW, args={"page": 2})
    with refused("mint.input"):
        approve(CFO, text, now=NOW, args={"page": 1})
    with refused("mint.input"):
        approve(RESEARCH, text, now=NOW, args={"page": 1})
    with refused("mint.input"):
        approve(APPROVER, token, now=NOW)
    with refused("mint.input"):
        approve(APPROVER, text, now=NOW, lifetime=0, args={"page": 1})


def test_a_consent_is_asked_for() -> None:
    token = granted(consent=CFO.public.to_jwk())
    assert consent_to(CFO, sealed(token), now=NOW).claims == Consent(NOW)
    with refused("mint.input"):
        consent_to(AUTHORITY, token, now=NOW)
    with refused("mint.input"):
        consent_to(CFO, granted(), now=NOW)


def test_a_text_may_have_a_line_for_each_piece() -> None:
    text = issue_status(AUTHORITY, {SUBJECT: ACTIVE}, now=NOW, exp=END).text
    assert len(decode_evidence(f" \n{text}\n{text}\r\n{text}\t\r\n")) == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text.prefix"),
        ("x~AA", "text.prefix"),
        ("~", "cbor.truncated"),
        ("~A", "text.base64"),
        ("~gA==", "text.base64"),
        ("~\n\n~", "text.base64"),
    ],
)
def test_texts_that_are_refused(text: str, code: str) -> None:
    with refused(code):
        decode_evidence(text)
