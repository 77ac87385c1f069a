"""Names and their grammars (§2). All are compared byte by byte."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeGuard

_NAME: Final = re.compile(r"[!-~]{1,255}")
_PRINCIPAL: Final = re.compile(r"[a-z][a-z0-9+.-]*:[!-\"$-)+-~]{1,255}")
_UNIT: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_ACTION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def is_name(text: str) -> bool:
    """A name, such as that of a service."""
    return _NAME.fullmatch(text) is not None


def is_principal(text: str) -> bool:
    """A principal: one person or agent."""
    return _PRINCIPAL.fullmatch(text) is not None


def is_principal_pattern(text: str) -> bool:
    """A principal, or all of those that begin in one way."""
    if text.endswith(("/*", ":*")):
        return is_principal(text[:-1] + "x")
    return is_principal(text)


def is_unit(text: str) -> bool:
    """A unit of costs."""
    return _UNIT.fullmatch(text) is not None


def is_action(text: str) -> bool:
    """An action."""
    return _ACTION.fullmatch(text) is not None


def admits(pattern: str, principal: str) -> bool:
    """Whether a principal pattern admits a principal."""
    if pattern.endswith("*"):
        return principal.startswith(pattern[:-1]) and len(principal) >= len(pattern)
    return principal == pattern


def contains(outer: str, inner: str) -> bool:
    """Whether a principal pattern contains another."""
    if inner.endswith("*"):
        return outer.endswith("*") and inner.startswith(outer[:-1])
    return admits(outer, inner)


def fits(grammar: Callable[[str], bool], value: object) -> TypeGuard[str]:
    """Whether a value of any type is a text of a grammar."""
    return isinstance(value, str) and grammar(value)
