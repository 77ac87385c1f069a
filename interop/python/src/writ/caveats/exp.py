"""exp (§5.5.2): the block holds while now < exp."""

from __future__ import annotations

from collections.abc import Iterator

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import to_encodable
from .facts import Facts, Place


def parse(value: Value) -> int:
    """A time."""
    return expect.time(value)


def check(value: int, facts: Facts, place: Place) -> Iterator[Denial]:
    """now < exp."""
    if not facts.now < value:
        yield Denial("exp.passed", place.block, "exp", value, facts.now)


def contains(outer: int, inner: int) -> bool:
    """inner <= outer."""
    return inner <= outer


def meet(left: int, right: int) -> int:
    """The lesser."""
    return min(left, right)


def to_json(value: int) -> int:
    """A number."""
    return value


def from_json(form: object) -> Encodable:
    """The claim, from a number."""
    return to_encodable(form)
