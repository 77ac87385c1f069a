"""context (§5.5.8): predicates on what the verifier observes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import members
from ..names import is_name
from ..scope import predicate_order
from ..scope.predicate import Predicate, predicate_to_json
from ..scope.predicate_form import parse_predicate, predicate_from_json
from .facts import Facts, Place


def parse(value: Value) -> dict[str, Predicate]:
    """A map from names to predicates, at least one."""
    pairs = expect.mapping(value, 1).items()
    return {expect.matching(name, is_name): parse_predicate(item) for name, item in pairs}


def check(value: Mapping[str, Predicate], facts: Facts, place: Place) -> Iterator[Denial]:
    """Every name is observed, and its predicate admits it."""
    for name, predicate in sorted(value.items()):
        expected = {name: predicate_to_json(predicate)}
        if name not in facts.context:
            yield Denial("context.missing", place.block, "context", expected)
        elif not predicate.admits(facts.context[name]):
            actual = {name: facts.context[name]}
            yield Denial("context.mismatch", place.block, "context", expected, actual)


def contains(outer: Mapping[str, Predicate], inner: Mapping[str, Predicate]) -> bool:
    """Every outer name is an inner one, with a predicate that is no wider."""
    return all(
        name in inner and predicate_order.contains(predicate, inner[name])
        for name, predicate in outer.items()
    )


def meet(left: Mapping[str, Predicate], right: Mapping[str, Predicate]) -> dict[str, Predicate]:
    """The names of both; a name in both with the meet of its two predicates."""
    common = {
        name: predicate_order.meet(predicate, right[name])
        for name, predicate in left.items()
        if name in right
    }
    return {**left, **right, **common}


def exceeds(outer: Mapping[str, Predicate], inner: Mapping[str, Predicate]) -> bool:
    """The outer predicate of a name in both does not contain the inner one."""
    return any(
        name in inner and not predicate_order.contains(predicate, inner[name])
        for name, predicate in outer.items()
    )


def to_json(value: Mapping[str, Predicate]) -> dict[str, Any]:
    """Predicates by name."""
    return {name: predicate_to_json(predicate) for name, predicate in value.items()}


def from_json(form: object) -> dict[str, Encodable]:
    """The claim, from predicates by name."""
    return {name: predicate_from_json(item) for name, item in members(form).items()}
