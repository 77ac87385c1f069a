"""Checkpoints (§9.8.4): how many receipts a log has, and the id of the last one."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import Final

from ..cbor import MAX_INT
from ..errors import WritError
from ..keys import PublicKey, Signer, sign_checked
from .note import from_base64, read_note, require_signed, write_signature

_SIZE: Final = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_ID_SIZE: Final = 32


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log had when the checkpoint was made."""

    name: str
    size: int
    head: bytes

    @property
    def text(self) -> str:
        return f"{self.name}\n{self.size}\n{base64.b64encode(self.head).decode('ascii')}\n"


def open_checkpoint(note: str, key: PublicKey) -> Checkpoint:
    """Read a checkpoint by the key of a log: the note, its signatures, and then its lines."""
    signed = read_note(note)
    require_signed(signed, key)
    lines = signed.text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines):
        raise WritError("receipt.shape", "no checkpoint")
    head = from_base64(lines[2])
    if not _SIZE.fullmatch(lines[1]) or int(lines[1]) > MAX_INT:
        raise WritError("receipt.shape", "no size")
    if head is None or len(head) != _ID_SIZE:
        raise WritError("receipt.shape", "no id of a receipt")
    return Checkpoint(lines[0], int(lines[1]), head)


def sign_checkpoint(checkpoint: Checkpoint, key: Signer) -> str:
    """The signed note of a checkpoint."""
    signature = sign_checked(key, checkpoint.text.encode("utf-8"))
    line = write_signature(checkpoint.name, key.public, signature)
    return f"{checkpoint.text}\n{line}"
