"""Base64url without padding (RFC 4648 §5), canonical, and the text forms (§6)."""

from __future__ import annotations

import base64
import re
from typing import Final

from .errors import WritError

PREFIX: Final = "writ_"
SECRET_PREFIX: Final = "writ_secret_"

MAX_PARTS: Final = 16
#: What 65,536 and 16,384 bytes encode to (§3.2).
LONGEST_TOKEN: Final = 87_382
LONGEST_PART: Final = 21_846

_ALPHABET: Final = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)


def to_base64url(data: bytes) -> str:
    """Encode without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes | None:
    """Decode the canonical form, with zero trailing bits; None for anything else."""
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return data if to_base64url(data) == text else None


def split_token(text: str) -> tuple[bool, bytes, tuple[bytes, ...]]:
    """Whether the text of a token has the prefix of secrets, its token, and its parts (§7)."""
    secret = text.startswith(SECRET_PREFIX)
    if not text.startswith(PREFIX):
        raise WritError("text.prefix")
    first, *parts = text[len(SECRET_PREFIX if secret else PREFIX) :].split("~")
    if len(parts) > MAX_PARTS:
        raise WritError("limit.evidence")
    token = read_part(first, LONGEST_TOKEN)
    return secret, token, tuple(read_part(part, LONGEST_PART) for part in parts)


def read_part(part: str, longest: int | None = None) -> bytes:
    """The bytes of one part of a text, of at most so many characters."""
    if longest is not None and len(part) > longest:
        raise WritError("limit.size")
    data = from_base64url(part)
    if data is None:
        raise WritError("text.base64")
    return data
