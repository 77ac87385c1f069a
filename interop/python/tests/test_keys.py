"""Keys and their JWK forms (§4.1), and the rule of §4.2 for weak ones."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from writ import ed25519
from writ.errors import WritError
from writ.keys import PublicKey, Secret, SigningKey, import_jwk, parse_key, sign_checked, strong_key
from writ.text import to_base64url

KEY = SigningKey(bytes(range(32)))
OKP = KEY.to_jwk()
PUBLIC = KEY.public.to_jwk()
OCT = Secret(bytes(16), bytes(range(32))).to_jwk()
WEAK = to_base64url(bytes(32))
SHORT = to_base64url(bytes(31))
Kind = Literal["public", "private", "secret"]


def _without(jwk: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in jwk.items() if key != name}


@pytest.mark.parametrize(
    ("jwk", "kind", "code"),
    [
        ([], "public", "key.format"),
        ({**PUBLIC, "use": "enc"}, "public", "key.format"),
        ({**PUBLIC, "use": None}, "public", "key.format"),
        ({**PUBLIC, "kty": "EC"}, "public", "key.format"),
        ({**PUBLIC, "crv": "X25519"}, "public", "key.format"),
        ({**PUBLIC, "crv": -49}, "public", "key.format"),
        ({**PUBLIC, "alg": "ES256"}, "public", "key.format"),
        (OKP, "public", "key.format"),
        (OCT, "public", "key.format"),
        (PUBLIC, "secret", "key.format"),
        ({**PUBLIC, "x": "A"}, "public", "key.format"),
        ({**PUBLIC, "x": PUBLIC["x"] + "="}, "public", "key.format"),
        (_without(PUBLIC, "x"), "public", "key.format"),
        ({**PUBLIC, "x": SHORT}, "public", "key.length"),
        ({**PUBLIC, "x": WEAK}, "public", "key.weak"),
        ({**OKP, "d": 1}, "private", "key.format"),
        ({**OKP, "d": SHORT}, "private", "key.length"),
        ({**OKP, "d": WEAK}, "private", "key.mismatch"),
        ({**OKP, "x": WEAK, "d": 1}, "private", "key.weak"),
        ({**OCT, "alg": "HS512"}, "secret", "key.format"),
        ({**OCT, "k": "?"}, "secret", "key.format"),
        ({**OCT, "k": SHORT, "kid": "?"}, "secret", "key.format"),
        ({**OCT, "k": SHORT}, "secret", "key.length"),
        ({**OCT, "kid": ""}, "secret", "key.length"),
    ],
)
def test_import_refuses(jwk: Any, kind: Kind, code: str) -> None:
    with pytest.raises(WritError) as caught:
        import_jwk(jwk, kind)
    assert caught.value.code == code


def test_import_reads_what_was_exported() -> None:
    assert import_jwk({**PUBLIC, "alg": "EdDSA", "kid": 1, "other": 2}, "public") == KEY.public
    assert import_jwk({**OKP, "alg": "Ed25519", "use": "sig"}, "private") == KEY
    assert import_jwk(OCT, "secret") == Secret(bytes(16), bytes(range(32)))


def test_key_id_is_that_of_the_example() -> None:
    data = bytes.fromhex("338304332de27cebb4dad75fafced90b727e9a46d731c276fe14e6b89fe8537c")
    key_id = PublicKey(-19, data).id
    assert key_id is not None
    assert key_id.hex() == "7750a4a4197abc440f057ef703b312f066ef4b58e5c34c950b8fdd17b8b78be8"
    assert PublicKey(-49, data).id is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (bytes(31), "claim.value"),
        ("", "claim.value"),
        ([-49], "claim.value"),
        ([True, b"1"], "claim.value"),
        ([-19, b""], "claim.degenerate"),
        ([-49, b""], "claim.value"),
        ([-49, bytes(4097)], "claim.value"),
    ],
)
def test_key_in_a_token_refuses(value: Any, code: str) -> None:
    with pytest.raises(WritError) as caught:
        parse_key(value)
    assert caught.value.code == code


def test_key_in_a_token() -> None:
    for key in (PublicKey(-19, bytes(32)), PublicKey(-49, b"1")):
        assert parse_key(key.to_claim()) == key
        assert not key.verifies(b"", bytes(64))


@pytest.mark.parametrize(
    "data",
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    ],
)
def test_weak_bytes(data: str) -> None:
    assert not ed25519.is_strong(bytes.fromhex(data))
    with pytest.raises(WritError, match=r"key\.weak"):
        strong_key(PublicKey(-19, bytes.fromhex(data)))


def test_strong_bytes_need_not_be_a_point() -> None:
    assert ed25519.is_strong(b"\x02" + bytes(31))
    assert strong_key(PUBLIC) == KEY.public
    with pytest.raises(WritError, match=r"key\.algorithm"):
        strong_key({**PUBLIC, "crv": -49})


def test_a_foreign_signer_is_checked() -> None:
    class Wrong:
        public = KEY.public

        def sign(self, message: bytes) -> bytes:
            return KEY.sign(message + b"x")

    assert sign_checked(KEY, b"a") == KEY.sign(b"a")
    with pytest.raises(WritError, match=r"mint\.signature"):
        sign_checked(Wrong(), b"a")


def test_no_secret_is_shown() -> None:
    shown = repr(KEY) + repr(Secret(bytes(16), b"\x07" * 32)) + str(WritError("key.weak"))
    assert "x07" not in shown
    assert "x1e" not in shown
