"""plan (§5.5.10): steps in order, each a permission with a number of uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import each, members
from ..scope.permission import Permission, parse_permission, permission_from_json
from ..scope.permission_order import scope_contains
from .facts import Facts, Place


@dataclass(frozen=True, slots=True)
class Step:
    """A permission that is used at least and at most so often."""

    permission: Permission
    min: int
    max: int


def parse(value: Value) -> tuple[Step, ...]:
    """A sequence of steps, at least one."""
    return tuple(_step(item) for item in expect.array(value, 1))


def _step(value: Value) -> Step:
    permission, least, most = expect.array(value, 3, 3)
    step = Step(parse_permission(permission), expect.integer(least), expect.integer(most))
    expect.degenerate(step.max == 0 or step.min > step.max)
    return step


def check(value: tuple[Step, ...], facts: Facts, place: Place) -> Iterator[Denial]:
    """Counters are per audience; a step admits the request; a store is needed to follow."""
    if len(place.audiences) != 1:
        yield Denial("plan.audience", place.block, "plan", actual=sorted(place.audiences))
    elif not any(admits(step, facts) for step in value):
        actual = {"action": facts.action, "resource": facts.resource}
        yield Denial("plan.step", place.block, "plan", actual=actual)
    else:
        need = {"kind": "store", "block": place.block}
        yield Denial("plan.store", place.block, "plan", need=need)


def admits(step: Step, facts: Facts) -> bool:
    """Whether the permission of a step admits the request."""
    return step.permission.admits(facts.action, facts.resource, facts.args)


def contains(outer: tuple[Step, ...], inner: tuple[Step, ...]) -> bool:
    """The two are equal: which step is open depends on all that came before."""
    return outer == inner


def meet(_left: tuple[Step, ...], _right: tuple[Step, ...]) -> None:
    """None: a position belongs to its block, so two are two."""


def exceeds(outer: tuple[Step, ...], inner: tuple[Step, ...]) -> bool:
    """The inner steps admit what no outer step does."""
    return not scope_contains(
        [step.permission for step in outer], [step.permission for step in inner]
    )


def to_json(value: tuple[Step, ...]) -> list[Any]:
    """A list of steps."""
    return [
        {"permission": step.permission.to_json(), "min": step.min, "max": step.max}
        for step in value
    ]


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of steps."""
    return each(form, _step_from_json)


def _step_from_json(form: object) -> list[Encodable]:
    found = members(form, {"permission", "min", "max"}, ())
    return [permission_from_json(found["permission"]), found["min"], found["max"]]
