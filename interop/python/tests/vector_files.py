"""The test vectors as lines of the conformance protocol, and what each must be answered."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(os.environ.get("WRIT_VECTORS", Path(__file__).parents[3] / "test-vectors"))
ABOUT_A_FILE = {"format", "type", "tests"}
ABOUT_A_TEST = {"id", "name", "reason", "result", "flags", "intermediates"}
#: Members of what is expected, by format: of a test, and of each of its requests or steps.
EXPECTED = {
    "writ-vectors/1": {"stage", "code"},
    "writ-sequences/1": set[str](),
    "writ-logs/1": {"result", "code", "line", "size", "head", "unsealed", "receipts"},
    "writ-cases/1": {"code", "output"},
}
OF_A_REQUEST = {"code", "decision"}
OF_A_STEP = {
    *("code", "denials", "needs", "notEstablished", "relied", "alarms", "reservation"),
    *("known", "usage"),
}
FREE = {"expected", "actual"}

Line = dict[str, Any]


def lines() -> Iterator[tuple[Line, Line]]:
    """Each test as a line, and the answer to it."""
    for path in sorted(FOLDER.glob("*.json")):
        file = json.loads(path.read_text("utf-8"))
        if "format" not in file:
            continue
        setting = {name: value for name, value in file.items() if name not in ABOUT_A_FILE}
        head = {"type": file["type"], "format": file["format"], "setting": setting}
        for test in file["tests"]:
            yield (
                {"id": test["id"], **head, "test": _asked(file["format"], test)},
                _answer(file["format"], test),
            )


def _without(form: Line, names: set[str]) -> Line:
    return {name: value for name, value in form.items() if name not in names}


def _only(form: Line, names: set[str]) -> Line:
    return {name: value for name, value in form.items() if name in names}


def _asked(kind: str, test: Line) -> Line:
    asked = _without(test, ABOUT_A_TEST | EXPECTED[kind])
    if "requests" in asked:
        asked["requests"] = [_without(form, OF_A_REQUEST) for form in asked["requests"]]
    if "steps" in asked:
        asked["steps"] = [_step(form) for form in asked["steps"]]
    return asked


def _step(form: Line) -> Line:
    told = {name: True for name in ("known", "usage") if name in form}
    return {**_without(form, OF_A_STEP), **told}


def _answer(kind: str, test: Line) -> Line:
    found = {"id": test["id"], **_only(test, EXPECTED[kind])}
    if kind == "writ-vectors/1":
        found = {"stage": None, "code": None, **found}
        if found["stage"] in (None, "decide"):
            if "intermediates" in test:
                found["blocks"] = [block["id"] for block in test["intermediates"]["blocks"]]
            found["requests"] = [_only(form, OF_A_REQUEST) for form in test.get("requests", ())]
    if kind == "writ-sequences/1":
        found["steps"] = [_only(form, OF_A_STEP) for form in test["steps"]]
    if kind == "writ-logs/1":
        told = {"id", "line", "summary", "proven"}
        if "receipts" in found:
            found["receipts"] = [_only(form, told) for form in found["receipts"]]
        found.setdefault("code", None)
    return found


def comparable(form: Any) -> Any:
    """An answer without what is free: expected and actual of denials, the id of a reservation."""
    if isinstance(form, list):
        return [comparable(item) for item in form]
    if not isinstance(form, dict):
        return form
    found = {name: comparable(value) for name, value in form.items()}
    if {"code", "block", "caveat"} <= found.keys():
        return _without(found, FREE)
    if isinstance(found.get("reservation"), dict):
        found["reservation"] = _without(found["reservation"], {"id"})
    return found
