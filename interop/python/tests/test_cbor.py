"""The encoding profile (§3.1): one value, one encoding, and the first rule that is broken."""

from __future__ import annotations

from typing import Any

import pytest

from writ.cbor import MAX_INT, decode, diagnostic, encode
from writ.errors import WritError

GOOD = {
    "83026161f5": '[2, "a", true]',
    "00": "0",
    "17": "23",
    "1818": "24",
    "1b001fffffffffffff": "9007199254740991",
    "3b001ffffffffffffe": "-9007199254740991",
    "40": "h''",
    "4200ff": "h'00ff'",
    "60": '""',
    "62225c": '"\\"\\\\"',
    "64f09f9880": '"😀"',
    "80": "[]",
    "a0": "{}",
    "a301f42000616180": None,
    "a201f461 6180": '{1: false, "a": []}',
    "a220f4616180": '{-1: false, "a": []}',
    "81" * 16 + "00": None,
}

BAD = {
    "": "cbor.truncated",
    "f6": "cbor.simple",
    "f7": "cbor.simple",
    "f8ff": "cbor.simple",
    "f8": "cbor.simple",
    "e0": "cbor.simple",
    "f9": "cbor.float",
    "fa00000000": "cbor.float",
    "fb0000000000000000": "cbor.float",
    "fc": "cbor.reserved",
    "ff": "cbor.indefinite",
    "c0": "cbor.tag",
    "df": "cbor.tag",
    "dc": "cbor.tag",
    "1f": "cbor.indefinite",
    "3f": "cbor.indefinite",
    "5f": "cbor.indefinite",
    "9f": "cbor.indefinite",
    "1c": "cbor.reserved",
    "18": "cbor.truncated",
    "1900": "cbor.truncated",
    "1817": "cbor.not-shortest",
    "1900ff": "cbor.not-shortest",
    "1a0000ffff": "cbor.not-shortest",
    "1b00000000ffffffff": "cbor.not-shortest",
    "1b0020000000000000": "cbor.integer",
    "3b001fffffffffffff": "cbor.integer",
    "5b0020000000000000": "cbor.integer",
    "9b0020000000000000": "cbor.integer",
    "4100 00": "cbor.trailing",
    "42 00": "cbor.truncated",
    "62 61": "cbor.truncated",
    "791001": "cbor.truncated",
    "791001" + "61" * 4097: "limit.text",
    "61ff": "cbor.utf8",
    "62c080": "cbor.utf8",
    "63eda080": "cbor.utf8",
    "64f4908080": "cbor.utf8",
    "6100": "cbor.character",
    "617f": "cbor.character",
    "62c280": "cbor.character",
    "63e2808b": "cbor.character",
    "63efbbbf": "cbor.character",
    "64f3a08081": "cbor.character",
    "81" * 17: "limit.depth",
    "81" * 16 + "80": "limit.depth",
    "81" * 16 + "a0": "limit.depth",
    "81" * 16 + "990101": "limit.depth",
    "990101": "limit.entries",
    "b90101": "limit.entries",
    "81": "cbor.truncated",
    "a1": "cbor.truncated",
    "a101": "cbor.truncated",
    "a1f5": "cbor.key-type",
    "a14000": "cbor.key-type",
    "a181f600": "cbor.simple",
    "a1a1000000": "cbor.key-type",
    "a2010001": "cbor.duplicate-key",
    "a2010000": "cbor.key-order",
    "a26161006000": "cbor.key-order",
    "a2200000": "cbor.key-order",
    "a201f60100": "cbor.simple",
    "0000": "cbor.trailing",
    "00f6": "cbor.trailing",
}


@pytest.mark.parametrize(("data", "text"), GOOD.items())
def test_reads_and_writes(data: str, text: str | None) -> None:
    raw = bytes.fromhex(data)
    value = decode(raw)
    assert encode(value) == raw
    assert text is None or diagnostic(value) == text


@pytest.mark.parametrize(("data", "code"), BAD.items())
def test_refuses(data: str, code: str) -> None:
    with pytest.raises(WritError) as caught:
        decode(bytes.fromhex(data))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (MAX_INT + 1, "cbor.integer"),
        (-MAX_INT - 1, "cbor.integer"),
        (1.0, "cbor.float"),
        (None, "cbor.simple"),
        ("\x00", "cbor.character"),
        ("\ud800", "cbor.utf8"),
        ("a" * 4097, "limit.text"),
        (["a"] * 257, "limit.entries"),
        ({b"": 0}, "cbor.key-type"),
        ({True: 0}, "cbor.key-type"),
    ],
)
def test_does_not_write(value: Any, code: str) -> None:
    with pytest.raises(WritError) as caught:
        encode(value)
    assert caught.value.code == code


def test_sorts_keys_by_encoding() -> None:
    assert encode({"aa": 0, "b": 0, -1: 0, 24: 0, 2: 0}).hex() == (
        "a5020018180020006162006261 6100".replace(" ", "")
    )


def test_free_entries_are_bounded_by_bytes_alone() -> None:
    value = [0] * 300
    raw = encode(value, free_entries=True)
    assert decode(raw, free_entries=True) == value
    with pytest.raises(WritError, match=r"cbor\.truncated"):
        decode(b"\x9a\xff\xff\xff\xff", free_entries=True)
