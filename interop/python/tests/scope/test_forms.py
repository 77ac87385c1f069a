"""Grammars of §5.6, and the forms of predicates and permissions."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
import random_scope as some

from writ.cbor import decode, encode
from writ.errors import WritError
from writ.scope.address import parse_address, parse_network
from writ.scope.host import host_of
from writ.scope.pattern import is_pattern, is_resource, meet
from writ.scope.permission import parse_permission, permission_from_json
from writ.scope.predicate import predicate_to_json
from writ.scope.predicate_form import parse_predicate, predicate_from_json


@pytest.mark.parametrize("text", ["reports/q3.pdf", "s3://backups/2026/01", "a:b", "..."])
def test_resources(text: str) -> None:
    assert is_resource(text)
    assert is_pattern(text)


@pytest.mark.parametrize(
    "text",
    ["", "/a", "a/", "a//b", "a/../b", "a%2fb", "HTTP://a", "s3://", "a*", "**/a", "a\n", "é", "."],
)
def test_what_is_neither_resource_nor_pattern(text: str) -> None:
    assert not is_resource(text)
    assert not is_pattern(text)


@pytest.mark.parametrize("text", ["*", "**", "*/a", "s3://*/2026/*", "reports/**"])
def test_patterns(text: str) -> None:
    assert is_pattern(text)
    assert not is_resource(text)


def test_a_text_has_at_most_4096_characters() -> None:
    assert is_resource("a" * 4096)
    assert not is_resource("a" * 4097)


def test_a_pattern_that_ended_goes_on_only_with_its_double_star() -> None:
    assert meet("a/**", "*/b/c") == "a/b/c"
    assert meet("a/*", "a/b/c") is None
    assert meet("**", "*") == "*"


@pytest.mark.parametrize("text", ["10.0.0.1", "::", "1::8", "::ffff:10.0.0.1", "A::"])
def test_addresses(text: str) -> None:
    assert parse_address(text) is not None


@pytest.mark.parametrize(
    "text",
    ["", "10.0.0", "010.0.0.1", "256.0.0.1", "1:2:3:4:5:6:7:8::", "fe80::1%eth0", "::1.2.3", "1"],
)
def test_what_is_no_address(text: str) -> None:
    assert parse_address(text) is None


@pytest.mark.parametrize("text", ["10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/08", "10.0.0.0", "::/129"])
def test_what_is_no_network(text: str) -> None:
    assert parse_network(text) is None


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("a.example", "a.example"),
        ("https://a.example:8080/x?y#z", "a.example"),
        ("https://u@a.example", None),
        ("https://a.example\\b", None),
        ("https://A.example", None),
        ("a.example:80", None),
        ("https://-a", None),
        ("https://a/" + "b" * 4096, None),
    ],
)
def test_hosts(text: str, host: str | None) -> None:
    assert host_of(text) == host


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ([1], "claim.value"),
        ([True, 1], "claim.value"),
        ([12, 1], "claim.value"),
        ([1, 2, 3], "claim.value"),
        ([4, 1], "claim.value"),
        ([4, False, False], "claim.degenerate"),
        ([4, 2, 1], "claim.degenerate"),
        ([4, True, 1], "claim.value"),
        ([2, [1]], "claim.value"),
        ([2, [2, 1]], "claim.set"),
        ([3, []], "claim.value"),
        ([9, "10.0.0.1/8"], "claim.value"),
        ([11, [[1, 1], [11, [[1, 1], [1, 2]]]]], "claim.degenerate"),
    ],
)
def test_malformed_predicates(value: Any, code: str) -> None:
    with pytest.raises(WritError) as refused:
        parse_predicate(value)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"*": True}, "claim.degenerate"),
        ({"*": 1}, "claim.value"),
        ({"*": [1, 1], "a": True}, "claim.value"),
        ({"a": True, "?a": True}, "claim.degenerate"),
        ({"?": True}, "claim.value"),
        ({"?*": True}, "claim.value"),
        ({1: True}, "claim.value"),
        ({"a": False}, "claim.value"),
    ],
)
def test_malformed_rules(rules: Any, code: str) -> None:
    with pytest.raises(WritError) as refused:
        parse_permission([["read"], ["a"], rules])
    assert refused.value.code == code


def test_true_and_one_are_two_values() -> None:
    assert not parse_predicate([1, True]).admits(1)
    assert not parse_predicate([2, [0, 1]]).admits(True)
    assert parse_predicate([1, 1]).admits(1.0)


def test_what_is_written_is_what_was_read() -> None:
    random = Random(6)
    for _ in range(500):
        permission, predicate = some.permission(random), some.predicate(random)
        assert parse_permission(decode(encode(permission.wire()))) == permission
        assert encode(permission_from_json(permission.to_json())) == encode(permission.wire())
        assert encode(predicate_from_json(predicate_to_json(predicate))) == encode(predicate.wire())
