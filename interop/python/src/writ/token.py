"""Tokens as they were decoded (§5). Nothing of a decoded token may be relied on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal

from . import cose
from .caveats import Caveats
from .decision import Mission, Task
from .keys import PublicKey
from .text import PREFIX, SECRET_PREFIX, to_base64url


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed object as it stands in a token, with its signed bytes and its id (§5.3)."""

    header: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    #: The signature or tag; a block of suite 1 has none.
    proof: bytes | None = field(repr=False)
    signed: bytes = field(repr=False)
    id: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A block: whom it hands the authority to, and its caveats."""

    object: Signed
    delegate: str
    key: PublicKey | None
    iat: int | None
    cti: bytes | None
    task: Task
    caveats: Caveats

    @property
    def id(self) -> bytes:
        return self.object.id


@dataclass(frozen=True, slots=True)
class Digest:
    """The digest of the arguments: mode 1 of their canonical form, mode 2 of the raw body."""

    mode: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Invocation:
    """One request, as its holder sealed it (§5.7)."""

    object: Signed
    action: str
    resource: str
    audience: str
    exp: int
    iat: int
    nonce: bytes
    arguments: Digest | None
    task: Task

    @property
    def id(self) -> bytes:
        return self.object.id


@dataclass(frozen=True, slots=True)
class Token:
    """A decoded token: open, or sealed with an invocation."""

    suite: Literal[1, 2]
    grantor: str
    mission: Mission
    blocks: tuple[Block, ...]
    invocation: Invocation | None
    #: The last tag of an open token of suite 1: the power to extend it.
    tag: bytes | None = field(repr=False)
    #: The seed in a bundle.
    seed: bytes | None = field(repr=False)
    #: Pieces of evidence, unread.
    evidence: tuple[bytes, ...] = field(repr=False)
    data: bytes = field(repr=False)

    @property
    def kid(self) -> bytes:
        """The key id in the header of the root block."""
        return self.blocks[0].object.header[-cose.KID_SIZES[self.suite] :]

    @property
    def subject(self) -> str:
        """The default subject."""
        return default_subject(self.grantor, self.mission)

    @property
    def text(self) -> str:
        """The text of the token, without its evidence or its seed."""
        return (PREFIX if self.tag is None else SECRET_PREFIX) + to_base64url(self.data)

    @property
    def attached(self) -> str:
        """The text of the evidence that is attached (§6)."""
        return "".join(f"~{to_base64url(piece)}" for piece in self.evidence)


def common_audiences(auds: Iterable[Collection[str] | None]) -> frozenset[str]:
    """The names that the `aud`s of some blocks have in common; none where no block has one."""
    named = [frozenset(names) for names in auds if names is not None]
    return named[0].intersection(*named[1:]) if named else frozenset()


def default_subject(grantor: str, mission: Mission) -> str:
    """What a status is about where an entry of alive names no subject (§5.5.6)."""
    return f"{grantor}#{mission.id}"
