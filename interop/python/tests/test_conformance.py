"""Every test vector, through the conformance program."""

from __future__ import annotations

from typing import Any

import pytest
from vector_files import comparable, lines

from writ.conformance.answer import answer


def _cases() -> list[Any]:
    return [pytest.param(line, expected, id=line["id"]) for line, expected in lines()]


@pytest.mark.parametrize(("line", "expected"), _cases())
def test_answer(line: dict[str, Any], expected: dict[str, Any]) -> None:
    given = comparable(answer(line))
    assert "error" not in given, given["error"]
    if "blocks" not in expected:
        given.pop("blocks", None)
    assert given == comparable(expected)
