"""consent (§5.5.11): the human's own key must also prove this grant."""

from __future__ import annotations

from collections.abc import Iterator

from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import key_from_json
from ..keys import PublicKey, parse_key
from .facts import Facts, Place


def parse(value: Value) -> PublicKey:
    """A key."""
    return parse_key(value)


def check(value: PublicKey, _facts: Facts, place: Place) -> Iterator[Denial]:
    """By logic alone it denies, and needs the proof."""
    need = {"kind": "consent", "key": value.to_jwk(), "block": place.block}
    yield Denial("consent.proof", place.block, "consent", need=need, entry=value)


def contains(outer: PublicKey, inner: PublicKey) -> bool:
    """The keys are the same."""
    return outer == inner


def meet(left: PublicKey, right: PublicKey) -> PublicKey | None:
    """Of the same key, that key."""
    return left if left == right else None


def to_json(value: PublicKey) -> dict[str, str | int]:
    """The public JWK."""
    return value.to_jwk()


def from_json(form: object) -> Encodable:
    """The claim, from a public JWK."""
    return key_from_json(form)
