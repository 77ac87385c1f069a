"""Statuses are those of the table of codes (§10); a presentation comes in a header (§14.3)."""

from __future__ import annotations

import re

from test_errors import SPEC

from writ.errors import WritError
from writ.http import from_authorization, http_status


def test_the_table_of_statuses() -> None:
    rows = re.findall(
        r"^\| `([a-z.0-9-]+)` \| \w+ \| [^|]+ \| ([0-9]+)[^|]* \|", SPEC.read_text("utf-8"), re.M
    )
    assert len(rows) > 100
    # A need that nothing can meet any more is 403: without a decision there are no needs.
    expected = {
        code: 403 if WritError(code).stage == "need" else int(status) for code, status in rows
    }
    assert {code: http_status(WritError(code)) for code, _ in rows} == expected


def test_authorization() -> None:
    assert from_authorization("Writ writ_gw") == "writ_gw"
    assert from_authorization("writ  writ_gw") == "writ_gw"
    assert from_authorization("Bearer writ_gw") is None
    assert from_authorization(None) is None
