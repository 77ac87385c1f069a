"""Signed notes (c2sp.org/signed-note): a text, and lines of signatures behind it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass, field
from typing import Final

from ..errors import WritError
from ..keys import PublicKey

_DASH: Final = "\u2014 "
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
#: An id of four bytes and at least one byte of signature.
_SHORTEST: Final = 5


@dataclass(frozen=True, slots=True)
class Signature:
    """One line: whose signature it claims to be, and the signature."""

    name: str
    key_id: bytes
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A note whose signatures were not verified yet."""

    text: str
    signatures: tuple[Signature, ...]


def read_note(note: str) -> Note:
    """Read a note; what is none is refused with `receipt.shape`."""
    head, found, tail = note.rpartition("\n\n")
    if not found or not head or not tail.endswith("\n") or _CONTROL.search(note):
        raise WritError("receipt.shape", "no signed note")
    lines = tail.removesuffix("\n").split("\n")
    return Note(f"{head}\n", tuple(_signature(line) for line in lines))


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    data = from_base64(encoded)
    if not line.startswith(_DASH) or not is_name(name) or data is None or len(data) < _SHORTEST:
        raise WritError("receipt.shape", "no line of a signature")
    return Signature(name, data[:4], data[4:])


def require_signed(note: Note, key: PublicKey) -> None:
    """Refuse a note without a signature of the key, or with one that only claims to be of it."""
    own = [item for item in note.signatures if item.key_id == key_id(item.name, key)]
    if not own:
        raise WritError("receipt.key")
    message = note.text.encode("utf-8")
    if not all(key.verifies(message, item.data) for item in own):
        raise WritError("receipt.signature")


def write_signature(name: str, key: PublicKey, signature: bytes) -> str:
    """The line of a signature."""
    encoded = base64.b64encode(key_id(name, key) + signature).decode("ascii")
    return f"{_DASH}{name} {encoded}\n"


def key_id(name: str, key: PublicKey) -> bytes:
    """The id of a key under a name."""
    return hashlib.sha256(name.encode("utf-8") + b"\n\x01" + key.data).digest()[:4]


def is_name(text: str) -> bool:
    """Whether a text can name a log."""
    return bool(text) and "+" not in text and not any(map(str.isspace, text))


def from_base64(text: str) -> bytes | None:
    """Decode base64 with padding, in its one form; None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode("ascii") == text else None
