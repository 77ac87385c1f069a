"""Vectors that others published, in the folder WRIT_EXTERNAL_VECTORS; in CI never skipped."""

from __future__ import annotations

import hmac
import json
import os
from pathlib import Path
from typing import Any

import pytest

from writ import cose, ed25519
from writ.cbor import decode as decode_cbor
from writ.decoding import decode
from writ.errors import WritError
from writ.evidence import read_piece
from writ.text import to_base64url

FOLDER = os.environ.get("WRIT_EXTERNAL_VECTORS")
#: A signature whose point or key has one of these is valid nowhere, or in some libraries only.
REFUSED = {
    *("low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R"),
    *("low_order_residue", "reencoded_k"),
}


def _load(name: str) -> Any:
    if FOLDER is None:
        if "CI" in os.environ:
            pytest.fail("WRIT_EXTERNAL_VECTORS is not set")
        pytest.skip("WRIT_EXTERNAL_VECTORS is not set: vectors of others are not tested")
    return json.loads((Path(FOLDER) / name).read_text("utf-8"))


def _verifies(key: str, message: bytes, signature: str) -> bool:
    return ed25519.verify(bytes.fromhex(key), message, bytes.fromhex(signature))


def test_wycheproof_ed25519() -> None:
    tested = 0
    for group in _load("wycheproof-ed25519.json")["testGroups"]:
        for test in group["tests"]:
            message = bytes.fromhex(test["msg"])
            found = _verifies(group["publicKey"]["pk"], message, test["sig"])
            assert found == (test["result"] == "valid"), test["tcId"]
            tested += 1
    assert tested == 151


def test_cctv_ed25519() -> None:
    tests = _load("cctv-ed25519.json")
    valid = 0
    for test in tests:
        found = _verifies(test["key"], test["msg"].encode(), test["sig"])
        assert found == REFUSED.isdisjoint(test["flags"] or ()), test["number"]
        valid += found
    assert (len(tests), valid) == (914, 43)


def test_speccheck_ed25519() -> None:
    valid = [
        index
        for index, test in enumerate(_load("speccheck-ed25519.json"))
        if _verifies(test["pub_key"], bytes.fromhex(test["message"]), test["signature"])
    ]
    assert valid == [3]


def test_wycheproof_hmac() -> None:
    tested = 0
    for group in _load("wycheproof-hmac-sha256.json")["testGroups"]:
        for test in group["tests"]:
            tag = cose.tag(bytes.fromhex(test["key"]), bytes.fromhex(test["msg"]))
            whole = group["tagSize"] == 256
            found = hmac.compare_digest(tag, bytes.fromhex(test["tag"]))
            assert found == (whole and test["result"] == "valid"), test["tcId"]
            tested += 1
    assert tested == 174


@pytest.mark.parametrize(
    ("name", "suite", "external", "expected"),
    [
        ("eddsa-examples-eddsa-sig-01", cose.SUITE_ED25519, "", "ToBeSign_hex"),
        ("sign1-tests-sign-pass-02", cose.SUITE_ED25519, "sign0", "ToBeSign_hex"),
        ("mac0-tests-HMac-01", cose.SUITE_HMAC, "", "ToMac_hex"),
        ("mac0-tests-mac-pass-02", cose.SUITE_HMAC, "mac0", "ToMac_hex"),
    ],
)
def test_cose_signed_bytes(name: str, suite: int, external: str, expected: str) -> None:
    file = _load(f"cose/{name}.json")
    protected, _, payload, _ = _tagged(file)
    aad = bytes.fromhex(file["input"][external]["external"]) if external else b""
    found = cose.covered(suite, protected, aad, payload)
    assert found.hex().upper() == file["intermediates"][expected]


def _tagged(file: Any) -> Any:
    """The COSE object less its tag, which no writ has."""
    return decode_cbor(bytes.fromhex(file["output"]["cbor"])[1:])


def test_cose_objects_are_no_writs() -> None:
    _load("cose/mac0-tests-HMac-01.json")
    files = sorted((Path(str(FOLDER)) / "cose").glob("*.json"))
    assert len(files) == 26
    for file in files:
        data = bytes.fromhex(json.loads(file.read_text("utf-8"))["output"]["cbor"])
        for stripped in (data, data[1:]):
            with pytest.raises(WritError) as refused:
                decode("writ_" + to_base64url(stripped))
            assert refused.value.stage == "decode"
            with pytest.raises(WritError):
                read_piece(stripped)
