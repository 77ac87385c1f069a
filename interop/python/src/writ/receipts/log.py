"""Verifying a log of receipts from its beginning (§9.8.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import WritError
from ..keys import PublicKey
from ..text import from_base64url
from .checkpoint import Checkpoint, open_checkpoint
from .receipt import Receipt, read_receipt
from .summary import read_summary


@dataclass(frozen=True, slots=True)
class Logged:
    """A receipt that holds, and its place."""

    receipt: Receipt
    id: bytes
    #: Its line in the log, from 1.
    line: int
    summary: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Log:
    """What was found of a log: the receipts that hold, and what is wrong first."""

    receipts: tuple[Logged, ...]
    code: str | None = None
    #: The line of what is wrong, where that is neither a checkpoint nor the log as a whole.
    line: int | None = None
    #: How many bytes at the end no receipt has sealed yet.
    unsealed: int = 0

    @property
    def size(self) -> int:
        return len(self.receipts)

    @property
    def head(self) -> bytes:
        """The id of the last receipt that holds; no bytes without one."""
        return self.receipts[-1].id if self.receipts else b""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that decodes, and the torn bytes right before it."""

    number: int
    receipt: Receipt
    torn: bytes | None
    #: The line at which the torn bytes begin.
    torn_at: int
    #: The offset behind its newline.
    end: int


def verify_log(data: bytes, key: PublicKey, checkpoints: Iterable[str] = ()) -> Log:
    """Verify a log with its key, and with the checkpoints of it that were kept."""
    try:
        kept = [open_checkpoint(note, key) for note in checkpoints]
    except WritError as error:
        return Log((), error.code)
    held: list[Logged] = []
    end = 0
    for line in read_lines(data):
        link = held[-1].id if held else b""
        try:
            _require_sealed(line)
            held.append(_require_next(line, key, len(held), link, kept))
        except _BrokenError as broken:
            return Log(tuple(held), broken.code, broken.line)
        end = line.end
    if any(item.size > len(held) for item in kept):
        return Log(tuple(held), "receipt.truncated")
    return Log(tuple(held), unsealed=max(0, len(data) - end))


class _BrokenError(Exception):
    """What is wrong with a log, and at which line."""

    def __init__(self, code: str, line: int) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


def read_lines(data: bytes) -> Iterator[Line]:
    """The lines that decode, each with the torn bytes between it and the one before."""
    start = torn_start = 0
    torn_at = number = 1
    while start < len(data):
        newline = data.find(b"\n", start)
        stop = len(data) if newline < 0 else newline
        receipt = _read(data[start:stop])
        if receipt is not None:
            torn = data[torn_start : start - 1] if torn_start < start else None
            yield Line(number, receipt, torn, torn_at, stop + 1)
            torn_start, torn_at = stop + 1, number + 1
        start, number = stop + 1, number + 1


def _read(line: bytes) -> Receipt | None:
    try:
        data = from_base64url(line.decode("ascii"))
        return None if data is None else read_receipt(data)
    except (UnicodeDecodeError, WritError):
        return None


def _require_sealed(line: Line) -> None:
    """Torn bytes are those that the receipt seals, and what it seals is there (step 1)."""
    seal = line.receipt.claims.torn
    if line.torn is None:
        if seal is not None:
            raise _BrokenError("receipt.link", line.number)
        return
    digest = hashlib.sha256(line.torn).digest()
    if seal is None or (seal.length, seal.sha256) != (len(line.torn), digest):
        raise _BrokenError("receipt.shape", line.torn_at)


def _require_next(
    line: Line, key: PublicKey, number: int, link: bytes, kept: Sequence[Checkpoint]
) -> Logged:
    """The receipt is the next one of this log (steps 2 to 6)."""
    receipt = line.receipt
    if receipt.kid != key.id:
        raise _BrokenError("receipt.key", line.number)
    if receipt.claims.number != number:
        raise _BrokenError("receipt.link", line.number)
    if not receipt.is_signed_by(key, link):
        raise _BrokenError("receipt.signature", line.number)
    try:
        summary = read_summary(receipt.claims.summary, receipt.claims.time)
    except WritError as error:
        raise _BrokenError(error.code, line.number) from None
    found = receipt.id(link)
    if any(item.size == number + 1 and item.head != found for item in kept):
        raise _BrokenError("receipt.link", line.number)
    return Logged(receipt, found, line.number, summary)
