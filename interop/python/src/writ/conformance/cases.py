"""Tests of one function at a time, `writ-cases/1`: an input, and a code or an output."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from ..errors import WritError
from .accumulated import run_accumulated
from .effects import effective
from .minting import mint
from .presentation import run_presentation
from .primitives import ed25519, encoding, hmac, keys, text

_TYPES: Final[Mapping[str, Callable[[Any, Any], dict[str, Any]]]] = {
    "encoding": encoding,
    "text": text,
    "keys": keys,
    "ed25519": ed25519,
    "hmac": hmac,
    "presentation": run_presentation,
    "effective": effective,
    "mint": mint,
    "accumulated": run_accumulated,
}


def run_case(kind: str, given: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """The output, or the code of the refusal."""
    try:
        return {"code": None, "output": _TYPES[kind](given, setting)}
    except WritError as error:
        return {"code": error.code}
