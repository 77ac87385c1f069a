"""The summary of a decision in a receipt (§9.8.2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from .. import json_text
from ..cbor import MAX_INT
from ..decision import Decision
from ..errors import WritError

_Check: TypeAlias = Callable[[Any], bool]


def summarize(decision: Decision) -> dict[str, Any]:
    """The decision without what says more about people than a log must hold."""
    form = decision.to_json()
    form["denials"] = _each_once(form["denials"], ("code", "block", "caveat"))
    form["needs"] = _each_once(form["needs"], ("kind", "block"))
    if form["request"] is not None:
        form["request"] = {name: form["request"][name] for name in ("action", "resource")}
    if "reservation" in form:
        form["reservation"] = form["reservation"]["id"]
    return form


def _each_once(items: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        told = {name: item[name] for name in names}
        if told not in found:
            found.append(told)
    return found


def read_summary(data: bytes, time: int) -> dict[str, Any]:
    """The summary of a receipt, canonical and of the same time; else `receipt.shape`."""
    try:
        value = json_text.parse(data)
        same = json_text.canonical(value) == data
    except (ValueError, RecursionError):
        raise WritError("receipt.shape", "the summary is no JSON") from None
    if not same or not isinstance(value, dict) or not _is_summary(value) or value["now"] != time:
        raise WritError("receipt.shape", "the summary is not that of a decision")
    return value


def _text(value: Any) -> bool:
    return isinstance(value, str)


def _one_of(*values: str | None) -> _Check:
    return lambda value: value in values


def _whole(most: int = MAX_INT) -> _Check:
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
    )


def _any(_value: Any) -> bool:
    return True


def _list(check: _Check, least: int = 0) -> _Check:
    return lambda value: isinstance(value, list) and len(value) >= least and all(map(check, value))


def _object(needed: Mapping[str, _Check], optional: Mapping[str, _Check] | None = None) -> _Check:
    known = {**needed, **(optional or {})}
    return lambda value: (
        isinstance(value, dict)
        and needed.keys() <= value.keys()
        and all(known[name](item) for name, item in value.items() if name in known)
    )


def _or_null(check: _Check) -> _Check:
    return lambda value: value is None or check(value)


_BLOCK: Final = _whole(31)
_CLAIMED: Final = {"reference": _text, "instruction": _text}
_KEY: Final = _object({"kty": _text, "crv": _any, "x": _text})
_RELIED: Final = _object(
    {"kind": _one_of("status", "approval", "consent"), "block": _BLOCK, "key": _KEY},
    {"subject": _text, "issued": _whole(), "age": _whole(), "iat": _whole()},
)
_ALARM: Final = _object(
    {
        "kind": _one_of("conflict", "revived"),
        "key": _KEY,
        "subject": _text,
        "issued": _whole(),
    }
)
_HAND: Final = _object(
    {"block": _text, "delegate": _text}, {"key": _KEY, "task": _text, **_CLAIMED}
)
_is_summary: Final = _object(
    {
        "verdict": _one_of("allow", "deny"),
        "code": _text,
        "denials": _list(_object({"code": _text, "block": _or_null(_BLOCK), "caveat": _text})),
        "needs": _list(_object({"kind": _text, "block": _or_null(_BLOCK)})),
        "notEstablished": _list(_text),
        "suite": _one_of("ed25519", "hmac"),
        "now": _whole(),
        "audience": _text,
        "grantor": _object(
            {
                "principal": _text,
                "known": _one_of("own-key", "consent", "attested"),
                "by": _text,
            }
        ),
        "mission": _object({"id": _text, "purpose": _text}, _CLAIMED),
        "chain": _list(_HAND, least=1),
        "request": _or_null(_object({"action": _text, "resource": _text})),
    },
    {"relied": _list(_RELIED, least=1), "alarms": _list(_ALARM, least=1), "reservation": _text},
)
