"""The text of evidence that is not behind a token (§6)."""

from __future__ import annotations

import re
from typing import Final

from ..errors import WritError
from ..text import from_base64url
from .piece import Piece, read_piece

LONGEST: Final = 89_478_486
_WHITE_SPACE: Final = " \t\r\n"
_BREAK: Final = re.compile(r"\r?\n~")


def decode_evidence(text: str) -> tuple[Piece, ...]:
    """Read the pieces of a text, which may stand on lines of their own."""
    if len(text) > LONGEST:
        raise WritError("limit.size")
    before, *parts = _BREAK.sub("~", text.strip(_WHITE_SPACE)).split("~")
    if before or not parts:
        raise WritError("text.prefix")
    return tuple(_piece(part) for part in parts)


def _piece(part: str) -> Piece:
    data = from_base64url(part)
    if data is None:
        raise WritError("text.base64")
    return read_piece(data)
