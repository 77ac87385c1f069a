"""JSON forms of claims, as people and interfaces write them, on their way into a token (§5.5).

Each function gives what a token holds. What it says is judged by who decodes the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from .cbor import Encodable
from .errors import WritError
from .keys import strong_key
from .scope.atom import wire_order

T = TypeVar("T")


def each(form: object, read: Callable[[Any], T]) -> list[T]:
    """Read every element of a list."""
    if not isinstance(form, list | tuple):
        raise WritError("mint.input", "a list is expected")
    return [read(item) for item in form]


def as_set(form: object) -> list[Any]:
    """A list as a set: in the order of the encodings, each once."""
    keyed = {wire_order(item): item for item in each(form, lambda item: item)}
    return [keyed[key] for key in sorted(keyed)]


def members(
    form: object, needed: Collection[str] = (), allowed: Collection[str] | None = None
) -> Mapping[str, Any]:
    """An object; with `allowed`, of the needed members and perhaps these, and no other."""
    if not isinstance(form, Mapping) or not all(isinstance(name, str) for name in form):
        raise WritError("mint.input", "an object is expected")
    if not form.keys() >= set(needed):
        raise WritError("mint.input", "a member is missing")
    if allowed is not None and not form.keys() <= {*needed, *allowed}:
        # A misspelt member would leave the token wider than it was meant.
        raise WritError("mint.input", "a member is not known")
    return form


def key_from_json(form: object) -> bytes:
    """A key, from its public JWK; keys that §4.2 forbids are refused."""
    return strong_key(form).data


def to_encodable(form: object) -> Encodable:
    """A JSON value as an item of §3."""
    match form:
        case list() | tuple():
            return [to_encodable(item) for item in form]
        case Mapping():
            return {str(name): to_encodable(item) for name, item in form.items()}
        case bool() | int() | str() | bytes():
            return form
        case float() if form.is_integer():
            return int(form)
    raise WritError("mint.input", "a value that no token can hold")
