"""Writing a log of receipts (§9.8.5): each is durable before it is told."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from .. import json_text
from ..decision import Decision
from ..errors import WritError
from ..keys import Signer
from ..text import to_base64url
from ..token import Token
from .checkpoint import Checkpoint, sign_checkpoint
from .log import verify_log
from .receipt import Claims, Receipt, Torn, sign_receipt
from .summary import summarize


@dataclass(slots=True)
class _End:
    """Where the log ends: what the next receipt hangs on, and the bytes that it seals."""

    size: int
    head: bytes
    length: int
    torn: Torn | None = field(default=None)


class ReceiptLog:
    """The one writer of a log. The log lies beside its last checkpoint, and is only appended to.

    Give it to a Verifier as `receipts`, and close it in the end.
    """

    def __init__(self, path: Path, name: str, key: Signer) -> None:
        self._path = path
        self._checkpoint = path.with_name(f"{path.name}.checkpoint")
        self._name = name
        self._key = key
        self._lock = threading.Lock()
        self._refused: str | None = None
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            self._end = self._open()
        except BaseException:
            os.close(self._file)
            raise

    def _open(self) -> _End:
        """Verify what is there, and make its end ready for the next receipt."""
        _lock(self._file)
        data = self._path.read_bytes()
        notes = [self._checkpoint.read_text("utf-8")] if self._checkpoint.exists() else []
        log = verify_log(data, self._key.public, notes)
        if log.code is not None:
            raise WritError(log.code)
        torn = None
        if log.unsealed:
            left = data[len(data) - log.unsealed :]
            torn = Torn(len(left), hashlib.sha256(left).digest())
            self._append(b"\n")
        elif data and not data.endswith(b"\n"):
            self._append(b"\n")
        return _End(log.size, log.head, os.fstat(self._file).st_size, torn)

    def record(self, token: Token, evidence: Sequence[bytes], decision: Decision) -> None:
        """Append the receipt of a decision, and move the checkpoint behind it."""
        with self._lock:
            if self._refused is not None:
                raise WritError(self._refused)
            # What no receipt can hold is no fault of the log, which goes on.
            receipt = self._receipt(token, evidence, decision)
            try:
                self._require_as_left()
                self._write(receipt)
            except (WritError, OSError) as error:
                self._refused = error.code if isinstance(error, WritError) else "receipt.failed"
                raise WritError(self._refused) from None

    def _receipt(self, token: Token, evidence: Sequence[bytes], decision: Decision) -> Receipt:
        secret = token.tag is not None or token.seed is not None
        claims = Claims(
            number=self._end.size,
            token=None if secret else token.data,
            evidence=tuple(evidence),
            summary=json_text.canonical(summarize(decision)),
            time=decision.now,
            torn=self._end.torn,
        )
        try:
            return sign_receipt(self._key, self._end.head, claims)
        except WritError:
            raise WritError("receipt.failed") from None

    def _write(self, receipt: Receipt) -> None:
        end = self._end
        line = to_base64url(receipt.data).encode("ascii") + b"\n"
        self._append(line)
        head = receipt.id(end.head)
        checkpoint = Checkpoint(self._name, end.size + 1, head)
        self._replace(sign_checkpoint(checkpoint, self._key))
        self._end = _End(end.size + 1, head, end.length + len(line))

    def _require_as_left(self) -> None:
        """The file is as this writer left it, and is still under its name."""
        ours = os.fstat(self._file)
        try:
            there = os.stat(self._path)
        except FileNotFoundError:
            raise WritError("receipt.truncated") from None
        if not os.path.samestat(ours, there) or ours.st_size > self._end.length:
            raise WritError("receipt.link")
        if ours.st_size < self._end.length:
            raise WritError("receipt.truncated")

    def _append(self, data: bytes) -> None:
        written = 0
        while written < len(data):
            written += os.write(self._file, data[written:])
        os.fsync(self._file)

    def _replace(self, note: str) -> None:
        """Write the checkpoint beside its place, and then move it there."""
        new = self._checkpoint.with_name(f"{self._checkpoint.name}.new")
        with new.open("w", encoding="utf-8", newline="") as file:
            file.write(note)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._checkpoint)
        _sync_folder(self._path.parent)

    def close(self) -> None:
        """Let another writer take over."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _lock(file: int) -> None:
    """Be the one writer, until the file is closed or the process has ended."""
    # Only here, since the rest of the package runs where there are no such locks.
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise WritError("receipt.locked") from None


def _sync_folder(path: Path) -> None:
    """What was made or moved in a folder survives a loss of power."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
