"""Names, their grammars and their patterns (§2)."""

from __future__ import annotations

import pytest

from writ import names


@pytest.mark.parametrize(
    ("text", "principal", "pattern"),
    [
        ("agent:acme/lookup", True, True),
        ("a:b", True, True),
        ("mailto:cfo@acme.example", True, True),
        ("a:" + "b" * 255, True, True),
        ("a:" + "b" * 256, False, False),
        ("a:", False, False),
        ("A:b", False, False),
        (":b", False, False),
        ("1a:b", False, False),
        ("a:b#c", False, False),
        ("a:b c", False, False),
        ("a:b\n", False, False),
        ("a:é", False, False),
        ("a:*", False, True),
        ("agent:acme/*", False, True),
        ("agent:acme*", False, False),
        ("agent:*/b", False, False),
        ("agent:*/*", False, False),
        ("*", False, False),
        ("a:" + "b" * 253 + "/*", False, True),
        ("a:" + "b" * 254 + "/*", False, False),
    ],
)
def test_principals(text: str, principal: bool, pattern: bool) -> None:
    assert names.is_principal(text) is principal
    assert names.is_principal_pattern(text) is pattern


def test_other_grammars() -> None:
    assert all(map(names.is_name, ["a", "!~", "x" * 255]))
    assert not any(map(names.is_name, ["", "a b", "é", "x" * 256, "a\n"]))
    assert all(map(names.is_unit, ["call", "eur-cent", "0._-", "x" * 64]))
    assert not any(map(names.is_unit, ["", "Call", "-a", "x" * 65]))
    assert all(map(names.is_action, ["read", "A.b:c_-", "9", "x" * 64]))
    assert not any(map(names.is_action, ["", "*", ".a", "a b", "x" * 65]))


def test_admits() -> None:
    assert names.admits("agent:acme/*", "agent:acme/a/b")
    assert not names.admits("agent:acme/*", "agent:acme/")
    assert not names.admits("agent:acme/a", "agent:acme/ab")
    assert names.admits("agent:acme/a", "agent:acme/a")


@pytest.mark.parametrize(
    ("outer", "inner", "contained"),
    [
        ("a:*", "a:*", True),
        ("a:*", "a:b/*", True),
        ("a:b/*", "a:*", False),
        ("a:*", "a:b", True),
        ("a:b", "a:b", True),
        ("a:b", "a:*", False),
        ("a:b", "a:c", False),
    ],
)
def test_contains(outer: str, inner: str, contained: bool) -> None:
    assert names.contains(outer, inner) is contained
