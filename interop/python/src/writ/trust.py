"""Trust anchors (§4.3): who may sign root blocks, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from . import json_text
from .caveats.alive import Alive
from .cbor import MAX_INT
from .errors import WritError
from .expect import MAX_TIME
from .keys import PublicKey, Secret, import_jwk
from .names import admits, fits, is_principal, is_principal_pattern
from .text import to_base64url

_MEMBERS: Final = {"principal", "kind", "speaks_for", "from", "until", "alive"}
_WINDOW: Final = ("from", "until")
_ALIVE: Final = {"key", "within", "subject"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A key that a verifier trusts to sign root blocks."""

    id: bytes
    key: PublicKey | Secret
    principal: str
    kind: Literal["human", "authority"]
    speaks_for: tuple[str, ...] = ()
    start: int = 0
    until: int = MAX_TIME
    #: A status that every chain under this anchor needs, as if its root demanded it.
    alive: Alive | None = None

    @property
    def suite(self) -> Literal[1, 2]:
        return 1 if isinstance(self.key, Secret) else 2

    def in_window(self, now: int) -> bool:
        """Whether the anchor is trusted now."""
        return self.start <= now < self.until

    def speaks(self, grantor: str) -> bool:
        """Whether the anchor speaks for a grantor."""
        if self.kind == "human":
            return self.principal == grantor
        return any(admits(pattern, grantor) for pattern in self.speaks_for)


@dataclass(frozen=True, slots=True)
class Trust:
    """The anchors of a verifier, by key id."""

    anchors: Mapping[bytes, Anchor]

    def find(self, kid: bytes, suite: int) -> Anchor | None:
        """The one anchor of a suite with a key id."""
        anchor = self.anchors.get(kid)
        return anchor if anchor is not None and anchor.suite == suite else None


def import_trust(file: object) -> Trust:
    """Import a trust file: its text, or the JSON that was parsed from it."""
    if isinstance(file, str | bytes):
        try:
            file = json_text.parse(file)
        except ValueError:
            raise WritError("trust.format", "no JSON") from None
    keys = file.get("keys") if isinstance(file, Mapping) else None
    if not isinstance(keys, list | tuple):
        raise WritError("trust.format", "no list of keys")
    anchors: dict[bytes, Anchor] = {}
    for jwk in keys:
        anchor = _anchor(jwk)
        if anchor.id in anchors:
            raise WritError("trust.duplicate")
        anchors[anchor.id] = anchor
    return Trust(anchors)


def _anchor(jwk: object) -> Anchor:
    writ = jwk.get("writ") if isinstance(jwk, Mapping) else None
    if not isinstance(jwk, Mapping) or not isinstance(writ, Mapping):
        raise WritError("trust.format", "a key without its member writ")
    _require_trusted(writ)
    key = import_jwk(jwk, "secret") if jwk.get("kty") == "oct" else import_jwk(jwk, "public")
    start, until = int(writ.get("from", 0)), int(writ.get("until", MAX_TIME))
    human, speaks_for = writ["kind"] == "human", tuple(writ.get("speaks_for", ()))
    if start >= until or human == bool(speaks_for) or (human and isinstance(key, Secret)):
        raise WritError("trust.anchor")
    alive = _alive(writ["alive"]) if "alive" in writ else None
    key_id = key.id or b""
    if jwk.get("kid", to_base64url(key_id)) != to_base64url(key_id):
        raise WritError("trust.format", "a kid that is not the key id")
    return Anchor(key_id, key, writ["principal"], writ["kind"], speaks_for, start, until, alive)


def _require_trusted(writ: Mapping[str, Any]) -> None:
    """Every member of `writ` but `alive` has its type and grammar."""
    speaks_for = writ.get("speaks_for", [])
    if (
        not _MEMBERS.issuperset(writ)
        or not fits(is_principal, writ.get("principal"))
        or writ.get("kind") not in ("human", "authority")
        or not isinstance(speaks_for, list | tuple)
        or not all(fits(is_principal_pattern, pattern) for pattern in speaks_for)
        or not all(_is_integer(writ[side], MAX_TIME - 1) for side in _WINDOW if side in writ)
    ):
        raise WritError("trust.format", "a member of writ")


def _alive(value: object) -> Alive:
    if (
        not isinstance(value, Mapping)
        or not _ALIVE.issuperset(value)
        or not _is_integer(value.get("within"), MAX_INT)
        or not isinstance(value.get("subject", ""), str)
    ):
        raise WritError("trust.format", "the member alive")
    return Alive(import_jwk(value.get("key"), "public"), int(value["within"]), value.get("subject"))


def _is_integer(value: object, most: int) -> bool:
    """Whether a JSON number is an integer from 0, however it is written."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return 0 <= value <= most and value == int(value)
