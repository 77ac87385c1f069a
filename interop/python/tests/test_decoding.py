"""The order of decoding (§7): of two faults, the one that is met first."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from writ.cbor import decode as decode_cbor
from writ.cbor import encode
from writ.decoding import decode
from writ.errors import WritError
from writ.keys import Secret, SigningKey
from writ.mint import grant
from writ.text import to_base64url

KEY = SigningKey(bytes([1]) * 32)
CLAIMS: dict[str, Any] = {
    "grantor": "mailto:cfo@acme.example",
    "delegate": "agent:acme/research",
    "exp": 1_800_007_200,
    "mission": {"id": "q3", "purpose": "Report"},
    "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
    "aud": ["a"],
}
OPEN = grant(KEY, {**CLAIMS, "to": KEY.public}, now=1_800_000_000, cti=bytes(16))
SHARED = grant(Secret(bytes(16), bytes(32)), CLAIMS, now=1_800_000_000, cti=bytes(16))


def _token(text: str) -> list[Any]:
    data = text.removeprefix("writ_").removeprefix("secret_")
    item = decode_cbor(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
    assert isinstance(item, list)
    return item


def _altered(change: Callable[[list[Any]], None], text: str = OPEN) -> str:
    token = _token(text)
    change(token)
    return "writ_" + to_base64url(encode(token))


def _claims(change: Callable[[dict[Any, Any]], None]) -> str:
    def alter(token: list[Any]) -> None:
        claims = decode_cbor(token[1][0][2])
        assert isinstance(claims, dict)
        change(claims)
        token[1][0][2] = encode(claims)

    return _altered(alter)


def _code(text: str) -> str:
    with pytest.raises(WritError) as caught:
        decode(text)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text.prefix"),
        ("WRIT_gw", "text.prefix"),
        ("writ_" + "~" * 17, "limit.evidence"),
        ("writ_" + "!" * 87_383 + "~!", "limit.size"),
        ("writ_!" + "~" + "A" * 21_847, "text.base64"),
        ("writ_gw~!", "text.base64"),
        ("writ_gw~" + "A" * 21_847, "limit.size"),
        ("writ_", "cbor.truncated"),
        ("writ_AA", "token.shape"),
        (OPEN + "\n", "text.base64"),
        (OPEN + "~", ""),
        (OPEN.replace("writ_", "writ_secret_"), "text.prefix"),
        (OPEN.replace("writ_", "writ_secret_") + "~", "text.secret"),
        (OPEN.replace("writ_", "writ_secret_") + "~~", "text.secret"),
        (SHARED.replace("secret_", ""), "text.prefix"),
        (SHARED.replace("secret_", "") + "~", "text.prefix"),
        (SHARED + "~", "text.secret"),
    ],
)
def test_texts(text: str, code: str) -> None:
    if code:
        assert _code(text) == code
    else:
        assert decode(text).evidence == (b"",)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda token: token.append(0) or token.append(0), "token.shape"),
        (lambda token: token.__setitem__(0, True), "token.suite"),
        (lambda token: token.__setitem__(slice(None), [3, []]), "token.suite"),
        (lambda token: token.__setitem__(1, [0] * 33), "limit.blocks"),
        (lambda token: token.__setitem__(1, {}), "token.shape"),
        (lambda token: token.__setitem__(1, []), "token.shape"),
        (lambda token: token[1].__setitem__(0, [0, 0, 0]), "token.shape"),
        (lambda token: token[1].__setitem__(0, [0, 0, 0, 0]), "token.header"),
        (lambda token: token[1][0].__setitem__(1, []), "token.header"),
        (lambda token: token[1][0].__setitem__(slice(2, 4), [0, 0]), "token.shape"),
        (lambda token: token[1][0].__setitem__(slice(2, 4), [b"", 0]), "cbor.truncated"),
        (lambda token: token[1][0].__setitem__(slice(2, 4), [b"\x00", 0]), "claim.value"),
        (lambda token: token[1][0].__setitem__(3, bytes(63)), "token.shape"),
        (lambda token: token.append(bytes(32)), "token.seal"),
        (lambda token: token.append([]), "token.shape"),
        (lambda token: token[1][0].__setitem__(3, 0) or token.append(0), "token.shape"),
    ],
)
def test_structure(change: Callable[[list[Any]], None], code: str) -> None:
    assert _code(_altered(change)) == code


def test_suite_1_ends_in_its_tag() -> None:
    for tail in ([], [bytes(31)], [bytes(64)], [0]):
        text = _altered(lambda token, tail=tail: token.__setitem__(slice(2, 3), tail), SHARED)
        assert _code(text) == "token.seal"


KEY_19 = [-19, bytes(32)]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({0: 1, 1: 2}, "claim.unknown"),
        ({1: 2, 99: 1}, "claim.value"),
        ({"a": 1, 99: 1}, "claim.unknown"),
        ({99: 1, 9: {1: "", 2: "", 5: 0}}, "claim.unknown"),
        ({9: {1: ""}}, "claim.missing"),
        ({9: {1: 0, 2: ""}}, "claim.value"),
        ({8: KEY_19}, "claim.degenerate"),
        ({11: [0], 12: [[bytes(32), 0, "mailto:cfo@acme.example#q3"]]}, "claim.degenerate"),
        ({11: [0, 1]}, "claim.degenerate"),
        ({11: [0, 1, 2]}, "claim.value"),
        ({11: [1, []]}, "claim.value"),
        ({11: [1, ["b:c", "a:b", 1]]}, "claim.value"),
        ({11: [1, ["b:c", "a:b"]]}, "claim.set"),
        ({12: [[bytes(32), 1], [bytes(32), 0]]}, "claim.set"),
        ({12: [[KEY_19, "x"]]}, "claim.degenerate"),
        ({13: [[[], [], 0, 0]]}, "claim.value"),
        ({13: [[[], [bytes(32), bytes(32)], 0, 0]]}, "claim.set"),
        ({13: [[[], [bytes(32)], 2, 0]]}, "claim.degenerate"),
        ({14: {}}, "claim.value"),
        ({14: {"a b": [1, 1]}}, "claim.value"),
        ({14: {"a": [4, 2, 1]}}, "claim.degenerate"),
        ({15: [["call", 1, 0]]}, "claim.degenerate"),
        ({15: [["denial", 0]]}, "claim.degenerate"),
        ({15: [["denial", 1, 5]]}, "claim.degenerate"),
        ({15: [["Call", 1]]}, "claim.value"),
        ({15: [["call", 2], ["call", 1]]}, "claim.set"),
        ({16: [[[["a"], ["b"]], 0, 0]]}, "claim.degenerate"),
        ({16: [[[["a"], ["b"]], 0]]}, "claim.value"),
        ({18: {1: 1}}, "claim.value"),
        ({18: {}}, "claim.value"),
    ],
)
def test_claims(claims: dict[Any, Any], code: str) -> None:
    assert _code(_claims(lambda found: found.update(claims))) == code


def test_missing_claims() -> None:
    for number in (1, 2, 4, 6, 7, 8, 9, 10):
        assert _code(_claims(lambda found, number=number: found.pop(number))) == "claim.missing"
    with pytest.raises(KeyError):
        _claims(lambda found: found.pop(5))
