"""Writing a log of receipts, and verifying what was written (§9.8)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from scene import AUTHORITY, LOG, NOW, granted, sealed, trust
from test_evidence import refused
from test_verifier import ALIVE, READ, service, status

from writ import (
    Decision,
    ReceiptLog,
    Secret,
    Verifier,
    decode,
    grant,
    import_trust,
    prove,
    verify_log,
)
from writ.receipts import open_checkpoint

NAME = "files.acme.example"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "receipts"


@contextmanager
def writing(path: Path) -> Iterator[Verifier]:
    with ReceiptLog(path, NAME, LOG) as log:
        yield service(receipts=log)


def checkpoint(path: Path) -> str:
    return path.with_name("receipts.checkpoint").read_text("utf-8")


def decide(verifier: Verifier, times: int = 1) -> Decision:
    for _ in range(times):
        decision = verifier.authorize(sealed(granted(alive=ALIVE)) + status(), READ)
    return decision


def test_what_was_written_holds_and_is_proven(path: Path) -> None:
    with writing(path) as verifier:
        decide(verifier, 2)
    log = verify_log(path.read_bytes(), LOG.public, [checkpoint(path)])
    assert (log.code, log.size, log.unsealed) == (None, 2, 0)
    assert open_checkpoint(checkpoint(path), LOG.public).head == log.head
    for logged in log.receipts:
        assert prove(logged, trust()).to_json() == {
            "token": "verified",
            "differs": [],
            "evidence": ["status"],
        }


def test_what_a_service_loaded_is_in_the_receipt(path: Path) -> None:
    with writing(path) as verifier:
        verifier.authorize(sealed(granted(alive=ALIVE)), READ, statuses=status() + status())
    (logged,) = verify_log(path.read_bytes(), LOG.public).receipts
    assert prove(logged, trust()).evidence == ("status",)


def test_a_log_goes_on_where_it_ended(path: Path) -> None:
    for _ in range(3):
        with writing(path) as verifier:
            decide(verifier)
    assert verify_log(path.read_bytes(), LOG.public, [checkpoint(path)]).size == 3


@pytest.mark.parametrize("left", [b"hFgm", b"\n", b"\nhFgm\n", b"\xff"])
def test_torn_bytes_are_sealed_and_stay(path: Path, left: bytes) -> None:
    with writing(path) as verifier:
        decide(verifier)
    torn = path.read_bytes() + left
    path.write_bytes(torn)
    for _ in range(2):
        # A writer that ends before it has written leaves one more newline.
        with writing(path):
            pass
    with writing(path) as verifier:
        decide(verifier)
    data = path.read_bytes()
    assert data.startswith(torn)
    log = verify_log(data, LOG.public, [checkpoint(path)])
    assert (log.code, log.size) == (None, 2)


def test_a_whole_receipt_is_given_its_newline(path: Path) -> None:
    with writing(path) as verifier:
        decide(verifier)
    path.write_bytes(path.read_bytes()[:-1])
    with writing(path) as verifier:
        decide(verifier)
    assert verify_log(path.read_bytes(), LOG.public).size == 2


def test_a_log_that_was_cut_is_refused(path: Path) -> None:
    with writing(path) as verifier:
        decide(verifier, 2)
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")
    with refused("receipt.truncated"):
        ReceiptLog(path, NAME, LOG)


def test_a_log_of_another_key_is_refused(path: Path) -> None:
    with writing(path) as verifier:
        decide(verifier)
    path.with_name("receipts.checkpoint").unlink()
    with refused("receipt.key"):
        ReceiptLog(path, NAME, AUTHORITY)


def test_there_is_one_writer(path: Path) -> None:
    with writing(path), refused("receipt.locked"):
        ReceiptLog(path, NAME, LOG)


def test_what_was_refused_stays_refused(path: Path) -> None:
    with writing(path) as verifier:
        decide(verifier)
        data = path.read_bytes()
        path.write_bytes(data + b"x")
        assert decide(verifier).denials[-1].code == "receipt.link"
        path.write_bytes(data)
        assert decide(verifier).denials[-1].code == "receipt.link"


def test_a_log_that_is_gone_is_noticed(path: Path) -> None:
    with writing(path) as verifier:
        path.rename(path.with_name("elsewhere"))
        assert decide(verifier).code == "receipt.truncated"


def test_what_no_receipt_can_hold_does_not_stop_the_log(path: Path) -> None:
    with ReceiptLog(path, NAME, LOG) as log:
        verifier = service(receipts=log)
        decision = decide(verifier)
        with refused("receipt.failed"):
            log.record(decode(sealed(granted())), [bytes(16_385)], decision)
        assert decide(verifier).verdict == "allow"


def test_no_secret_is_kept(path: Path) -> None:
    secret = Secret(bytes(16), bytes([9]) * 32)
    authority = {
        "principal": "https://iam.acme.example",
        "kind": "authority",
        "speaks_for": ["mailto:*"],
    }
    text = grant(
        secret,
        {
            "grantor": "mailto:cfo@acme.example",
            "delegate": "agent:acme/research",
            "mission": {"id": "q3-report", "purpose": "Prepare the Q3 report"},
            "aud": ["https://files.acme.example"],
            "exp": NOW + 60,
            "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
        },
        now=NOW,
    )
    with writing(path) as verifier:
        trusting = import_trust({"keys": [{**secret.to_jwk(), "writ": authority}]})
        assert replace(verifier, trust=trusting).authorize(text, READ).code == "invocation.missing"
    (logged,) = verify_log(path.read_bytes(), LOG.public).receipts
    assert logged.receipt.claims.token is None
    assert prove(logged, trust()).token == "absent"
