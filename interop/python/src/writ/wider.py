"""Wider hops (§5.4.2): a hop that asks for more than an ancestor gives misleads its delegate."""

from __future__ import annotations

from typing import Any

from .caveats import MODULES, delegation
from .effective import broken_delegations
from .token import Block, Token


def is_wider(token: Token) -> bool:
    """Whether the last hop of a finished token asks for more than some ancestor has."""
    *ancestors, hop = token.blocks
    if any(broken_delegations(token.blocks)):
        return True
    return any(
        _caveat_is_wider(name, _counted(ancestor, name, len(ancestors) - index), value)
        for index, ancestor in enumerate(ancestors)
        for name, value in hop.caveats.items()
    )


def _counted(ancestor: Block, name: str, following: int) -> Any:
    value = getattr(ancestor.caveats, name)
    if name == "delegation" and value is not None:
        return delegation.counted_down(value, following)
    return value


def _caveat_is_wider(name: str, outer: Any, inner: Any) -> bool:
    """Not contained and, where a hop may add conditions to others, exceeding them too."""
    caveat = MODULES[name]
    if outer is None or caveat.contains(outer, inner):
        return False
    return not hasattr(caveat, "exceeds") or bool(caveat.exceeds(outer, inner))
