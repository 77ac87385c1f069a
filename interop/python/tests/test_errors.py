"""The codes are those of the specification (§10), and errors tell no more than they must."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from writ.errors import CODES, WritError

SPEC = Path(__file__).parents[3] / "spec" / "writ.md"


def test_the_table_of_codes() -> None:
    rows = re.findall(
        r"^\| `([a-z.0-9-]+)` \| (decode|key|verify|request|mint|decide|need) \|",
        SPEC.read_text("utf-8"),
        re.MULTILINE,
    )
    assert dict(rows) == CODES


def test_an_error() -> None:
    error = WritError("claim.value", "a text is expected")
    assert (error.code, error.stage) == ("claim.value", "decode")
    assert str(error) == "claim.value: a text is expected"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301
    with pytest.raises(ValueError, match="no such code"):
        WritError("claim.wrong")
