"""Nonces: an invocation is allowed once (§9.6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .operations import Key, Rows


@dataclass(frozen=True, slots=True)
class UseNonce:
    """The first use of a nonce under a last block is the only one (§9.6.2)."""

    block: bytes
    nonce: bytes
    until: int

    @property
    def keys(self) -> Sequence[tuple[Key, int]]:
        return ((("nonce", self.block, self.nonce), self.until),)

    def judge(self, rows: Rows, _time: int) -> dict[str, Any] | None:
        return {} if self.keys[0][0] in rows else None

    def apply(self, rows: dict[Key, Any], _time: int, _reservation: str | None) -> None:
        rows[self.keys[0][0]] = None
