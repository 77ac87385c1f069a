"""nbf (§5.5.3): the block does not hold before, less the skew."""

from __future__ import annotations

from collections.abc import Iterator

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import to_encodable
from .facts import SKEW, Facts, Place


def parse(value: Value) -> int:
    """A time."""
    return expect.time(value)


def check(value: int, facts: Facts, place: Place) -> Iterator[Denial]:
    """nbf <= now + 30."""
    if not value <= facts.now + SKEW:
        yield Denial("nbf.early", place.block, "nbf", value, facts.now)


def contains(outer: int, inner: int) -> bool:
    """inner >= outer."""
    return inner >= outer


def meet(left: int, right: int) -> int:
    """The greater."""
    return max(left, right)


def to_json(value: int) -> int:
    """A number."""
    return value


def from_json(form: object) -> Encodable:
    """The claim, from a number."""
    return to_encodable(form)
