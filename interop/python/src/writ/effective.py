"""The effective authority (§9.5): what a block and all above it leave, taken together.

It is for people and for minters. A verifier never decides by it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .caveats import MODULES, STATE, delegation
from .caveats.alive import Alive, in_order
from .token import Block, Token
from .verify import Chain


@dataclass(frozen=True, slots=True)
class InForce:
    """A value that holds together with all others, and the blocks that it comes from."""

    value: Any
    blocks: tuple[int, ...]
    #: Of limits and plan: the names that the `aud`s of the blocks down to its own have in common.
    audiences: tuple[str, ...] | None = None

    def to_json(self, name: str) -> dict[str, Any]:
        form = {"value": MODULES[name].to_json(self.value), "blocks": list(self.blocks)}
        return form if self.audiences is None else {**form, "audiences": list(self.audiences)}


@dataclass(frozen=True, slots=True)
class Broken:
    """A delegation that the blocks so far break, by the code of the denial."""

    code: str
    block: int


@dataclass(frozen=True, slots=True)
class Effective:
    """The authority after one block."""

    conditions: Mapping[str, tuple[InForce, ...]]
    broken: tuple[Broken, ...]
    #: The default subject (§5.5.6).
    subject: str

    def to_json(self) -> dict[str, Any]:
        """The form for interfaces. Broken and empty conditions forbid, and must be shown."""
        return {
            "conditions": {
                name: [found.to_json(name) for found in values]
                for name, values in self.conditions.items()
            },
            "broken": [{"code": found.code, "block": found.block} for found in self.broken],
            "subject": self.subject,
        }


def effective_authority(chain: Chain | Token) -> tuple[Effective, ...]:
    """The authority after each block. Of a token, it is only what somebody wrote."""
    token, anchored = (
        (chain.token, chain.anchor.alive) if isinstance(chain, Chain) else (chain, None)
    )
    found: list[Effective] = []
    conditions: dict[str, list[InForce]] = {}
    audiences: tuple[str, ...] | None = None
    for index, block in enumerate(token.blocks):
        _count_down(conditions)
        audiences = _narrow(audiences, block.caveats.aud)
        for name, values in _adds(block, index, anchored).items():
            names = audiences if name in STATE else None
            for value in values:
                _add(conditions.setdefault(name, []), name, InForce(value, (index,), names))
        in_force = {name: tuple(conditions[name]) for name in MODULES if name in conditions}
        broken = tuple(broken_delegations(token.blocks[: index + 1]))
        found.append(Effective(in_force, broken, token.subject))
    return tuple(found)


def _count_down(conditions: dict[str, list[InForce]]) -> None:
    """One more block stands below every delegation in force."""
    values = conditions.get("delegation", [])
    values[:] = [InForce(delegation.counted_down(found.value, 1), found.blocks) for found in values]


def _narrow(before: tuple[str, ...] | None, aud: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if before is None or aud is None:
        return before if aud is None else aud
    return tuple(name for name in before if name in aud)


def _adds(block: Block, index: int, anchored: Alive | None) -> dict[str, list[Any]]:
    """What a block adds: its caveats, and what the root says beside them."""
    added = {name: [value] for name, value in block.caveats.items()}
    if index > 0:
        return added
    if block.iat is not None:
        added.setdefault("nbf", []).append(block.iat)
    added.setdefault("delegation", [delegation.NONE])
    if anchored is not None:
        added["alive"] = [in_order([*(block.caveats.alive or ()), anchored])]
    return added


def _add(values: list[InForce], name: str, added: InForce) -> None:
    """Meet a value with the first one that it has a meet with, in its place; else add it."""
    for place, found in enumerate(values):
        met = MODULES[name].meet(found.value, added.value)
        if met is not None:
            del values[place]
            _add(values, name, InForce(met, _origin(name, met, found, added)))
            return
    values.append(added)


def _origin(name: str, met: Any, former: InForce, latter: InForce) -> tuple[int, ...]:
    """The blocks of a value that the meet contains, or else of both."""
    for one in (former, latter):
        if MODULES[name].contains(met, one.value):
            return one.blocks
    return tuple(sorted({*former.blocks, *latter.blocks}))


def broken_delegations(blocks: Sequence[Block]) -> Iterator[Broken]:
    """The denials of delegation (§5.5.5) that the blocks bring about."""
    for index, block in enumerate(blocks):
        value = block.caveats.delegation
        if value is None and index == 0:
            value = delegation.NONE
        if value is not None:
            for code in delegation.broken(value, blocks[index + 1 :]):
                yield Broken(code, index)
