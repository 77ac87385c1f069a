"""Arguments, bodies and the canonical form of JSON (§5.7, RFC 8785)."""

from __future__ import annotations

from typing import Any

import pytest

from writ.errors import WritError
from writ.json_text import arguments, canonical, digest, observations, request_arguments


def _nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"[]",
        b"1",
        b"\xef\xbb\xbf{}",
        b"\xff",
        b'{"a":1,"a":1}',
        b'{"b":{"a":1,"\\u0061":1}}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e400}',
        b'{"a":9007199254740992}',
        b'{"a":9007199254740991.5}',
        b'{"a":1e16}',
        b'{"a":"\\ud800"}',
        b'{"\\udc00":1}',
        b'{"a":"\x01"}',
        b'{"a":01}',
        b'{"a":1}x',
        b"{'a':1}",
        b'{"*":1}',
        b'{"?a":1}',
        b'{"__proto__":1}',
        _nested(17),
        _nested(100_000),
    ],
)
def test_refused_bodies(body: bytes) -> None:
    with pytest.raises(WritError, match=r"request\.malformed"):
        arguments(body)


@pytest.mark.parametrize(
    "args",
    [
        [],
        {1: 1},
        {"a": float("nan")},
        {"a": 2**53},
        {"a": 1e300},
        {"a": {1}},
        {"a": b"1"},
        {"a": "\ud800"},
    ],
)
def test_refused_arguments(args: Any) -> None:
    with pytest.raises(WritError, match=r"request\.malformed"):
        arguments(args)


def test_accepted() -> None:
    assert arguments(b"") == {}
    assert arguments(b'{"a":{"*":1,"?a":2,"__proto__":3}}') == {
        "a": {"*": 1, "?a": 2, "__proto__": 3}
    }
    assert arguments(_nested(16))
    assert arguments({"a": 12.0, "b": (True, None)}) == {"a": 12, "b": [True, None]}
    assert request_arguments(None, None) == {}
    with pytest.raises(WritError, match=r"request\.malformed"):
        request_arguments({}, b"")


def test_observations() -> None:
    assert observations({"*": 1, "?a": 2}) == {"*": 1, "?a": 2}
    with pytest.raises(WritError, match=r"context\.malformed"):
        observations({"load": 2**53})


def test_canonical_form() -> None:
    value = arguments(b'{"memo":"Q3","amount":250}')
    assert canonical(value) == b'{"amount":250,"memo":"Q3"}'
    assert digest(value).hex() == "36411ec70890edc7836a3aa869b3e71320ae7fe01afb845397f02da0a6de63cf"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1.0", "1"),
        ("-0.0", "0"),
        ("-0", "0"),
        ("1e2", "100"),
        ("0.1", "0.1"),
        ("-0.00001", "-0.00001"),
        ("0.000001", "0.000001"),
        ("0.00000123", "0.00000123"),
        ("0.0000001", "1e-7"),
        ("-1.5e-10", "-1.5e-10"),
        ("5e-324", "5e-324"),
        ("333333333.33333329", "333333333.3333333"),
        ("4.50", "4.5"),
    ],
)
def test_canonical_numbers(number: str, text: str) -> None:
    assert canonical(arguments(f'{{"a":{number}}}'.encode())) == f'{{"a":{text}}}'.encode()


def test_canonical_texts_and_order() -> None:
    body = '{"\\ufb33":1,"\\ud83d\\ude00":2,"\\u20ac":3,"\\u007f":"\\u001f\\u007f\\n\\/\\""}'
    expected = '{"\x7f":"\\u001f\x7f\\n/\\"","€":3,"😀":2,"\ufb33":1}'
    assert canonical(arguments(body.encode())) == expected.encode()
