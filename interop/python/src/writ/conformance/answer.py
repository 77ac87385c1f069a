"""The answer to one line, by the format of its test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from .cases import run_case
from .logs import run_log
from .sequences import run_sequence
from .tokens import run_token

_FORMATS: Final[Mapping[str, Callable[[Any, Any], dict[str, Any]]]] = {
    "writ-vectors/1": run_token,
    "writ-sequences/1": run_sequence,
    "writ-logs/1": run_log,
}


def answer(line: Mapping[str, Any]) -> dict[str, Any]:
    """What this implementation says to one test."""
    name, test, setting = line["id"], line["test"], line["setting"]
    try:
        if line["format"] == "writ-cases/1":
            return {"id": name, **run_case(line["type"], test["input"], setting)}
        return {"id": name, **_FORMATS[line["format"]](test, setting)}
    except Exception as error:  # The next line is answered whatever went wrong here.
        return {"id": name, "error": f"{type(error).__name__}: {error}"}
