"""The encoding profile of CBOR (§3.1): one value, one encoding, read in one pass."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from .errors import WritError

#: A decoded item. Maps keep the order of the wire; their keys are integers or texts.
Value: TypeAlias = "int | bytes | str | bool | list[Value] | dict[int | str, Value]"
#: What can be encoded: as Value, with tuples and any mapping too.
Encodable: TypeAlias = (
    "int | bytes | str | bool | Sequence[Encodable] | Mapping[int, Encodable]"
    " | Mapping[str, Encodable] | Mapping[int | str, Encodable]"
)

MAX_INT: Final = 2**53 - 1
MAX_DEPTH: Final = 16
MAX_TEXT: Final = 4096
MAX_ENTRIES: Final = 256

# Invisible, or changing the direction of text that people read before they agree to it.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)


def decode(data: bytes, free_entries: bool = False) -> Value:
    """Read exactly one item. With free_entries only the bytes bound arrays and maps."""
    reader = _Reader(data, free_entries)
    value = reader.item(0)
    if reader.at != len(data):
        raise WritError("cbor.trailing")
    return value


class _Reader:
    """One pass over the bytes; every method leaves `at` behind what it read."""

    __slots__ = ("at", "data", "free_entries")

    def __init__(self, data: bytes, free_entries: bool) -> None:
        self.data = data
        self.at = 0
        self.free_entries = free_entries

    def item(self, depth: int) -> Value:
        """Read an item that has `depth` arrays and maps around it."""
        if self.at >= len(self.data):
            raise WritError("cbor.truncated")
        major, info = divmod(self.data[self.at], 32)
        self.at += 1
        if major == 7:
            return _simple(info)
        if major == 6:
            raise WritError("cbor.tag")
        argument = self.argument(info)
        match major:
            case 0:
                return argument
            case 1:
                if argument == MAX_INT:
                    raise WritError("cbor.integer")
                return -1 - argument
            case 2:
                return self.take(argument)
            case 3:
                return self.text(argument)
        if depth == MAX_DEPTH:
            raise WritError("limit.depth")
        if argument > MAX_ENTRIES and not self.free_entries:
            raise WritError("limit.entries")
        if major == 4:
            return [self.item(depth + 1) for _ in range(argument)]
        return self.map(argument, depth + 1)

    def argument(self, info: int) -> int:
        if info < 24:
            return info
        if info == 31:
            raise WritError("cbor.indefinite")
        if info > 27:
            raise WritError("cbor.reserved")
        size = 1 << (info - 24)
        value = int.from_bytes(self.take(size), "big")
        if value < (24 if size == 1 else 1 << (4 * size)):
            raise WritError("cbor.not-shortest")
        if value > MAX_INT:
            raise WritError("cbor.integer")
        return value

    def take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.data):
            raise WritError("cbor.truncated")
        part = self.data[self.at : end]
        self.at = end
        return part

    def text(self, size: int) -> str:
        raw = self.take(size)
        if size > MAX_TEXT:
            raise WritError("limit.text")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise WritError("cbor.utf8") from None
        if _FORBIDDEN.search(text):
            raise WritError("cbor.character")
        return text

    def map(self, count: int, depth: int) -> dict[int | str, Value]:
        result: dict[int | str, Value] = {}
        before = b""
        for _ in range(count):
            start = self.at
            key = self.item(depth)
            if isinstance(key, bool) or not isinstance(key, int | str):
                raise WritError("cbor.key-type")
            encoded = self.data[start : self.at]
            if encoded == before:
                raise WritError("cbor.duplicate-key")
            if encoded < before:
                raise WritError("cbor.key-order")
            before = encoded
            result[key] = self.item(depth)
        return result


def _simple(info: int) -> bool:
    match info:
        case 20:
            return False
        case 21:
            return True
        case 25 | 26 | 27:
            raise WritError("cbor.float")
        case 31:
            raise WritError("cbor.indefinite")
        case 28 | 29 | 30:
            raise WritError("cbor.reserved")
    raise WritError("cbor.simple")


def encode(value: Encodable, free_entries: bool = False) -> bytes:
    """Write the one encoding of a value, or refuse what `decode` would not read."""
    out = bytearray()
    _write(out, value, 0, free_entries)
    return bytes(out)


def _write(out: bytearray, value: Encodable, depth: int, free_entries: bool) -> None:
    match value:
        case bool():
            out.append(0xF5 if value else 0xF4)
        case int():
            if abs(value) > MAX_INT:
                raise WritError("cbor.integer")
            out += _head(0, value) if value >= 0 else _head(1, -1 - value)
        case bytes():
            out += _head(2, len(value)) + value
        case str():
            raw = text_bytes(value)
            out += _head(3, len(raw)) + raw
        case Mapping():
            _container(len(value), depth, free_entries)
            out += _head(5, len(value))
            encoded = [(encode(key), item) for key, item in value.items()]
            if not all(isinstance(key, int | str) and not isinstance(key, bool) for key in value):
                raise WritError("cbor.key-type")
            for raw_key, item in sorted(encoded, key=lambda pair: pair[0]):
                out += raw_key
                _write(out, item, depth + 1, free_entries)
        case list() | tuple():
            _container(len(value), depth, free_entries)
            out += _head(4, len(value))
            for item in value:
                _write(out, item, depth + 1, free_entries)
        case float():
            raise WritError("cbor.float")
        case _:
            raise WritError("cbor.simple")


def text_bytes(text: str) -> bytes:
    """The UTF-8 bytes of a text that §3 admits."""
    try:
        raw = text.encode("utf-8")
    except UnicodeEncodeError:
        raise WritError("cbor.utf8") from None
    if len(raw) > MAX_TEXT:
        raise WritError("limit.text")
    if _FORBIDDEN.search(text):
        raise WritError("cbor.character")
    return raw


def _container(count: int, depth: int, free_entries: bool) -> None:
    if depth == MAX_DEPTH:
        raise WritError("limit.depth")
    if count > MAX_ENTRIES and not free_entries:
        raise WritError("limit.entries")


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * size):
            return bytes([major << 5 | info]) + argument.to_bytes(size, "big")
    raise WritError("cbor.integer")


def diagnostic(value: Value) -> str:
    """Diagnostic notation (RFC 8949 §8) on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case bytes():
            return f"h'{value.hex()}'"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case list():
            return f"[{', '.join(map(diagnostic, value))}]"
        case dict():
            pairs = (f"{diagnostic(key)}: {diagnostic(item)}" for key, item in value.items())
            return f"{{{', '.join(pairs)}}}"
