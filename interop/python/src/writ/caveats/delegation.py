"""delegation (§5.5.5): how many blocks may follow, and to whom they may delegate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .. import expect, names
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set, each, key_from_json, members
from ..keys import PublicKey, parse_key
from ..scope.atom import wire_order
from .facts import Delegated, Facts, Place


@dataclass(frozen=True, slots=True)
class Delegation:
    """At most `depth` blocks follow, each to somebody on the list; without one, to anybody."""

    depth: int
    delegates: tuple[str | PublicKey, ...] | None = None


#: What the absence of a delegation means in the root.
NONE = Delegation(0)


def parse(value: Value) -> Delegation:
    """A depth, and a set of principal patterns and keys where it is above 0."""
    depth, *rest = expect.array(value, 1, 2)
    number = expect.integer(depth)
    if not rest:
        return Delegation(number)
    expect.degenerate(number == 0)
    items = expect.array(rest[0], 1)
    delegates = tuple(_delegate(item) for item in items)
    expect.ascending(items)
    return Delegation(number, delegates)


def _delegate(value: Value) -> str | PublicKey:
    if isinstance(value, str):
        return expect.matching(value, names.is_principal_pattern)
    return parse_key(value)


def check(value: Delegation, _facts: Facts, place: Place) -> Iterator[Denial]:
    """Hops are counted, and each delegate is looked up."""
    for code in broken(value, place.below):
        yield Denial(code, place.block, "delegation", to_json(value))


def broken(value: Delegation, below: Sequence[Delegated]) -> Iterator[str]:
    """The codes of what the blocks below break: the depth, and the list of delegates."""
    if len(below) > value.depth:
        yield "delegation.depth"
    if not all(admits(value, block) for block in below):
        yield "delegation.delegate"


def admits(value: Delegation, block: Delegated) -> bool:
    """Whether the list has the delegate of a block, by a pattern or by its key."""
    return value.delegates is None or any(
        names.admits(item, block.delegate) if isinstance(item, str) else item == block.key
        for item in value.delegates
    )


def contains(outer: Delegation, inner: Delegation) -> bool:
    """Not deeper, and to nobody else."""
    if inner.depth > outer.depth:
        return False
    if outer.delegates is None or inner.depth <= 0:
        return True
    return inner.delegates is not None and all(
        _within(item, outer.delegates) for item in inner.delegates
    )


def _within(delegate: str | PublicKey, delegates: Sequence[str | PublicKey]) -> bool:
    if isinstance(delegate, PublicKey):
        return delegate in delegates
    return any(isinstance(item, str) and names.contains(item, delegate) for item in delegates)


def counted_down(value: Delegation, following: int) -> Delegation:
    """The value as it stands so many blocks further down."""
    depth = value.depth - following
    return Delegation(depth, value.delegates if depth > 0 else None)


def meet(left: Delegation, right: Delegation) -> Delegation | None:
    """The lesser depth, to those whom both lists have."""
    if contains(left, right):
        return right
    if contains(right, left):
        return left
    depth = min(left.depth, right.depth)
    if left.delegates is None or right.delegates is None:
        return Delegation(depth, left.delegates or right.delegates)
    # A delegate has both a name and a key, so of a name and a key neither contains the other.
    kinds = [{type(item) for item in found} for found in (left.delegates, right.delegates)]
    if len(kinds[0] | kinds[1]) > 1:
        return None
    common = {item for item in left.delegates if _within(item, right.delegates)}
    common |= {item for item in right.delegates if _within(item, left.delegates)}
    if not common:
        return Delegation(0)
    return Delegation(depth, tuple(sorted(common, key=lambda item: wire_order(_wire(item)))))


def _wire(delegate: str | PublicKey) -> Encodable:
    return delegate.to_claim() if isinstance(delegate, PublicKey) else delegate


def to_json(value: Delegation) -> dict[str, Any]:
    """Depth, and patterns and keys where there is a list."""
    if value.delegates is None:
        return {"depth": value.depth}
    to = [item.to_jwk() if isinstance(item, PublicKey) else item for item in value.delegates]
    return {"depth": value.depth, "to": to}


def from_json(form: object) -> list[Encodable]:
    """The claim, from depth and list."""
    found = members(form, {"depth"}, {"to"})
    if "to" not in found:
        return [found["depth"]]
    return [found["depth"], as_set(each(found["to"], _delegate_from_json))]


def _delegate_from_json(form: object) -> Encodable:
    return form if isinstance(form, str) else key_from_json(form)
