"""What tests say of a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..caveats.ext import item_to_json
from ..caveats.facts import Facts, Handler
from ..cbor import Value
from ..decide import Request


def request_of(form: Mapping[str, Any]) -> Request:
    """A request; its body stands in hexadecimal."""
    body = form.get("body")
    return Request(
        form.get("action"),
        form.get("resource"),
        form.get("args"),
        None if body is None else bytes.fromhex(body),
    )


def handlers_of(form: Mapping[str, list[Any]]) -> dict[str, Handler]:
    """Handlers that say yes to the values that are listed for them."""
    return {name: _handler(values) for name, values in form.items()}


def _handler(values: list[Any]) -> Handler:
    def handle(value: Value, _facts: Facts) -> bool:
        return any(_equal(item_to_json(value), item) for item in values)

    return handle


def _equal(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal; Python takes True and 1 for equal."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_equal, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(_equal(left[key], right[key]) for key in left)
    return bool(left == right)
