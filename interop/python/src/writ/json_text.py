"""JSON: strict reading, the rules for arguments (§5.7), and the canonical form (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from typing import Final, NoReturn, TypeAlias

from .cbor import MAX_DEPTH, MAX_INT
from .errors import WritError

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


class _RefusedError(ValueError):
    """A text that is not strict JSON."""


def parse(data: bytes | str) -> Json:
    """Parse strict JSON: UTF-8, no byte order mark, no name twice. ValueError on what is none."""
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    try:
        value: Json = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_float,
            parse_constant=_constant,
        )
    except RecursionError:
        raise _RefusedError("nested too deep") from None
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise _RefusedError("a name twice")
    return result


def _integer(digits: str) -> int:
    if len(digits) > 17:
        raise _RefusedError("an integer beyond its range")
    return int(digits)


def _float(digits: str) -> int | float:
    return normal_number(float(digits))


def _constant(name: str) -> NoReturn:
    raise _RefusedError("no JSON number")


def normal_number(number: int | float) -> int | float:
    """The number, as an integer where it is one; refused where §5.7 refuses it."""
    if isinstance(number, float):
        if not math.isfinite(number):
            raise _RefusedError("a number that is not finite")
        if not number.is_integer():
            return number
        number = int(number)
    if abs(number) > MAX_INT:
        raise _RefusedError("an integer beyond its range")
    return number


def normal(value: object, depth: int = 0) -> Json:
    """A copy of a JSON value with `depth` around it, as §5.7 admits it; else ValueError."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return normal_number(value)
    if isinstance(value, str):
        return _well_formed(value)
    if depth >= MAX_DEPTH:
        raise _RefusedError("nested too deep")
    if isinstance(value, list | tuple):
        return [normal(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {_well_formed(name): normal(item, depth + 1) for name, item in value.items()}
    raise _RefusedError("no JSON value")


def _well_formed(text: object) -> str:
    if not isinstance(text, str) or _SURROGATE.search(text):
        raise _RefusedError("no text, or a lone surrogate")
    return text


def arguments(value: object) -> dict[str, Json]:
    """The arguments of a request, from a JSON object or a raw body (§5.7)."""
    try:
        if isinstance(value, bytes):
            value = parse(value) if value else {}
        if not isinstance(value, Mapping):
            raise _RefusedError("no object")
        if any(name in ("*", "__proto__") or str(name).startswith("?") for name in value):
            raise _RefusedError("a reserved name")
        return dict(_members(value))
    except ValueError:
        raise WritError("request.malformed", "the arguments are outside the grammar") from None


def request_arguments(args: object, body: bytes | None) -> dict[str, Json]:
    """The arguments of a request that has them as an object, as a raw body, or not at all."""
    if args is not None and body is not None:
        raise WritError("request.malformed", "arguments and a body")
    if body is not None:
        return arguments(body)
    return arguments({} if args is None else args)


def observations(value: object) -> dict[str, Json]:
    """What a service observed (§9.1): an object of values as in arguments, of any names."""
    try:
        if not isinstance(value, Mapping):
            raise _RefusedError("no object")
        return dict(_members(value))
    except ValueError:
        raise WritError("context.malformed") from None


def _members(value: Mapping[object, object]) -> list[tuple[str, Json]]:
    return [(_well_formed(name), normal(item, 1)) for name, item in value.items()]


def canonical(value: Json) -> bytes:
    """The JCS form of a normal value."""
    return _canonical(value).encode("utf-8")


def digest(value: Json) -> bytes:
    """The SHA-256 of the JCS form."""
    return hashlib.sha256(canonical(value)).digest()


def _canonical(value: Json) -> str:
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, list):
        return f"[{','.join(map(_canonical, value))}]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        pairs = (f"{_canonical(name)}:{_canonical(value[name])}" for name in names)
        return f"{{{','.join(pairs)}}}"
    return json.dumps(value, ensure_ascii=False)


def _number(number: float) -> str:
    """A normal float, which is no integer, as ECMAScript writes it: plain down to 1e-6."""
    digits, _, exponent = repr(number).partition("e-")
    if not exponent:
        return digits
    if int(exponent) > 6:
        return f"{digits}e-{int(exponent)}"
    sign = "-" if number < 0 else ""
    return f"{sign}0.{'0' * (int(exponent) - 1)}{digits.lstrip('-').replace('.', '')}"
