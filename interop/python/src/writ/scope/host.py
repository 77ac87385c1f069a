"""Hosts of texts and of URLs (§5.6.2)."""

import re

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?")
_URL = re.compile(r"[a-z][a-z0-9+.-]*://([a-z0-9.-]+)(?::[0-9]{1,5})?(?:[/?#][!-\[\]-~]*)?")
_LONGEST = 4096


def is_host(text: str) -> bool:
    """Whether a text is a host."""
    return _HOST.fullmatch(text) is not None


def host_of(text: str) -> str | None:
    """The host of a text, or None for all that URL parsers could read differently."""
    if len(text) > _LONGEST:
        return None
    host: str | None = text
    if "://" in text:
        found = _URL.fullmatch(text)
        host = found[1] if found else None
    return host if host is not None and is_host(host) else None
