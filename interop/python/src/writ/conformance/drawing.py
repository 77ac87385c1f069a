"""Drawing values from a stream of bytes, as the accumulated tests say."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from ..cbor import Encodable


class Stream:
    """The bytes of one token, taken one after the other."""

    def __init__(self, seed: str, number: int, odds: int, altered: int) -> None:
        self._start = seed.encode() + number.to_bytes(8, "big")
        self._blocks = 0
        self._left = b""
        self._odds = odds
        self._altered = altered

    def take(self, count: int) -> bytes:
        """The next bytes."""
        while len(self._left) < count:
            block = self._start + self._blocks.to_bytes(8, "big")
            self._left += hashlib.sha256(block).digest()
            self._blocks += 1
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def below(self, count: int) -> int:
        """d(n) of the tests."""
        return int.from_bytes(self.take(4), "big") % count

    def one_in(self, count: int) -> bool:
        return self.below(count) == 0

    def is_odd(self) -> bool:
        return self.one_in(self._odds)

    def is_altered(self) -> bool:
        return self.one_in(self._altered)

    def pick(self, items: Sequence[Any]) -> Any:
        """An element, with each text such as "%500" replaced by an integer."""
        return self._filled(items[self.below(len(items))])

    def choice(self, table: Mapping[str, Sequence[Any]]) -> Any:
        """A usual value, or seldom an odd one."""
        return self.pick(table["odd" if self.is_odd() else "usual"])

    def _filled(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("%"):
            return self.below(int(value[1:]))
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return {name: self._filled(item) for name, item in value.items()}
        return value

    def altered(self, data: bytes) -> bytes:
        """The bytes, or seldom with one bit of them inverted."""
        if not self.is_altered():
            return data
        at = self.below(1 + self.below(len(data)))
        changed = bytearray(data)
        changed[at] ^= 1 << self.below(8)
        return bytes(changed)


def item(value: Any, keys: Mapping[str, bytes]) -> Encodable:
    """A JSON value of the tables as an item of §3."""
    match value:
        case str() if value.startswith("@"):
            return keys[value[1:]]
        case str() if value.startswith("#"):
            return bytes.fromhex(value[1:])
        case list():
            return [item(part, keys) for part in value]
        case dict():
            named = {int(name) if name.isdecimal() else name: part for name, part in value.items()}
            return {name: item(part, keys) for name, part in named.items()}
    found: Encodable = value
    return found
