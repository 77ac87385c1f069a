"""What stands in payloads: the claims of a grant, a hop and an invocation (§5.4, §5.7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from . import cose, expect
from .caveats import KEYS, RULES
from .cbor import Value
from .decision import Mission, Task
from .expect import Rule, claims
from .keys import parse_key
from .names import is_action, is_name, is_principal
from .scope.pattern import is_resource
from .token import Digest


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of payload: its label, the rules of its claims, and those that must be there."""

    label: str
    rules: dict[int, Rule]
    required: tuple[int, ...]


def _arguments(value: Value) -> Digest:
    mode, digest = expect.array(value, 2, 2)
    return Digest(expect.integer(mode, 1, 2), expect.octets(digest, 32))


def _mission(value: Value) -> Mission:
    found = claims(value, {1: expect.text, **_TASK}, (1, 2))
    return Mission(found[1], found[2], found.get(3), found.get(4))


def _task(value: Value) -> Task:
    found = claims(value, _TASK)
    expect.degenerate(not found)
    return Task(found.get(2), found.get(3), found.get(4))


def _principal(value: Value) -> str:
    return expect.matching(value, is_principal)


def _random(least: int) -> Rule:
    return lambda value: expect.octets(value, least, 16)


_TASK: Final[dict[int, Rule]] = {
    2: expect.text,
    3: expect.text,
    4: lambda value: expect.octets(value, 32),
}
_GRANT: Final[dict[int, Rule]] = {
    **RULES,
    1: _principal,
    2: _principal,
    6: expect.time,
    7: _random(16),
    9: _mission,
}
_HOP: Final[dict[int, Rule]] = {
    **RULES,
    2: _principal,
    6: expect.time,
    7: _random(8),
    9: _task,
}
del _HOP[KEYS["consent"]]
_KEY: Final[dict[int, Rule]] = {8: parse_key}

#: By suite: a payload of suite 1 never carries a key, and its root names its services.
GRANT: Final = {
    cose.SUITE_HMAC: Kind(cose.GRANT, _GRANT, (1, 2, 3, 4, 6, 7, 9, 10)),
    cose.SUITE_ED25519: Kind(cose.GRANT, _GRANT | _KEY, (1, 2, 4, 6, 7, 8, 9, 10)),
}
HOP: Final = {
    cose.SUITE_HMAC: Kind(cose.HOP, _HOP, (2,)),
    cose.SUITE_ED25519: Kind(cose.HOP, _HOP | _KEY, (2, 8)),
}
INVOCATION: Final = Kind(
    cose.INVOCATION,
    {
        1: lambda value: expect.matching(value, is_action),
        2: lambda value: expect.matching(value, is_resource),
        3: lambda value: expect.matching(value, is_name),
        4: expect.time,
        6: expect.time,
        7: _random(16),
        8: _arguments,
        9: _task,
    },
    (1, 2, 3, 4, 6, 7),
)
