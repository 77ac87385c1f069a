"""Resources and patterns of resources (§5.6.1)."""

import re
from collections.abc import Sequence
from functools import lru_cache

_SCHEME = r"(?:[a-z][a-z0-9+.-]*://)?"
_SEGMENT = r"(?!\.{1,2}(?:/|\Z))[!\"$&-)+-.0-:<->@-\[\]-~]+"
_RESOURCE = re.compile(rf"{_SCHEME}{_SEGMENT}(?:/{_SEGMENT})*")
_PATTERN = re.compile(rf"{_SCHEME}(?:(?:{_SEGMENT}|\*)/)*(?:{_SEGMENT}|\*{{1,2}})")
_LONGEST = 4096


def is_resource(text: str) -> bool:
    """Whether a text is a resource; nothing is ever normalised."""
    return len(text) <= _LONGEST and _RESOURCE.fullmatch(text) is not None


def is_pattern(text: str) -> bool:
    """Whether a text is a pattern of resources."""
    return len(text) <= _LONGEST and _PATTERN.fullmatch(text) is not None


@lru_cache(maxsize=1024)  # A scope is compared with another, pattern by pattern.
def _split(text: str) -> tuple[str, tuple[str, ...]]:
    scheme, found, rest = text.rpartition("://")
    return scheme + found, tuple(rest.split("/"))


def contains(outer: str, inner: str) -> bool:
    """Whether a pattern admits all that another pattern admits."""
    outer_scheme, wanted = _split(outer)
    inner_scheme, given = _split(inner)
    if outer_scheme != inner_scheme:
        return False
    for index, want in enumerate(wanted):
        if index >= len(given):
            return False
        if want == "**":
            return True
        if want != given[index] and not (want == "*" and given[index] != "**"):
            return False
    return len(wanted) == len(given)


def admits(pattern: str, resource: str) -> bool:
    """Whether a pattern admits a resource, which is the pattern of itself alone."""
    return contains(pattern, resource)


def meet(left: str, right: str) -> str | None:
    """The pattern of what both admit, or None where that is nothing."""
    left_scheme, ours = _split(left)
    right_scheme, theirs = _split(right)
    if left_scheme != right_scheme:
        return None
    both: list[str] = []
    for index in range(max(len(ours), len(theirs))):
        common = _meet_segments(_segment(ours, index), _segment(theirs, index))
        if common is None:
            return None
        both.append(common)
    return left_scheme + "/".join(both)


def _segment(segments: Sequence[str], index: int) -> str | None:
    if index < len(segments):
        return segments[index]
    return "**" if segments[-1] == "**" else None


def _meet_segments(one: str | None, other: str | None) -> str | None:
    if one is None or other is None:
        return None
    if one == other or other == "**":
        return one
    if one == "**":
        return other
    if other == "*":
        return one
    return other if one == "*" else None
