"""The decision object (§9.4): plain data about one request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from .json_text import Json
from .keys import PublicKey

#: A need (§9.4) in its JSON form: its kind, its members and its block.
Need: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Denial:
    """One reason against a request.

    What was expected and found comes from foreign input: escape it, and do not send it on.
    """

    code: str
    block: int | None
    caveat: str
    expected: Any = None
    actual: Any = None
    need: Need | None = None
    #: The entry of alive or approval, or the key of consent, that evidence may meet.
    entry: object = field(default=None, repr=False)

    def to_json(self) -> dict[str, Any]:
        members = {"code": self.code, "block": self.block, "caveat": self.caveat}
        return members | present(expected=self.expected, actual=self.actual)


@dataclass(frozen=True, slots=True)
class Grantor:
    """In whose name the chain is, and how that is known."""

    principal: str
    known: Literal["own-key", "consent", "attested"]
    by: str

    def to_json(self) -> dict[str, Any]:
        return {"principal": self.principal, "known": self.known, "by": self.by}


@dataclass(frozen=True, slots=True)
class Mission:
    """What the root block is for. It is the claim of its signer."""

    id: str
    purpose: str
    reference: str | None = None
    instruction: bytes | None = None

    def to_json(self) -> dict[str, Any]:
        members = {"id": self.id, "purpose": self.purpose}
        return members | present(reference=self.reference, instruction=_hex(self.instruction))


@dataclass(frozen=True, slots=True)
class Task:
    """What a hop or an invocation is for. It is the claim of its signer."""

    task: str | None = None
    reference: str | None = None
    instruction: bytes | None = None

    def to_json(self) -> dict[str, Any]:
        return present(task=self.task, reference=self.reference, instruction=_hex(self.instruction))


@dataclass(frozen=True, slots=True)
class Hand:
    """One block of the chain: into whose hands it gave the authority."""

    block: bytes
    delegate: str
    key: PublicKey | None
    task: Task

    def to_json(self) -> dict[str, Any]:
        members = {"block": self.block.hex(), "delegate": self.delegate}
        key = self.key.to_jwk() if self.key else None
        return members | present(key=key) | self.task.to_json()


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: the only values that a handler may act on."""

    action: str
    resource: str
    args: dict[str, Json]
    #: The raw body that the arguments were parsed from, where there was one.
    body: bytes | None = field(default=None, repr=False)

    def to_json(self) -> dict[str, Any]:
        return {"action": self.action, "resource": self.resource, "args": self.args}


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of one request. Compare `verdict`: an object is true either way."""

    denials: tuple[Denial, ...]
    not_established: tuple[str, ...]
    suite: Literal["hmac", "ed25519"]
    now: int
    audience: str
    grantor: Grantor
    mission: Mission
    chain: tuple[Hand, ...]
    request: Decided | None
    relied: tuple[dict[str, Any], ...] = ()
    alarms: tuple[dict[str, Any], ...] = ()
    reservation: dict[str, Any] | None = None

    @property
    def verdict(self) -> Literal["allow", "deny"]:
        return "deny" if self.denials else "allow"

    @property
    def code(self) -> str:
        """`allowed`, or the code of the first denial."""
        return self.denials[0].code if self.denials else "allowed"

    @property
    def needs(self) -> tuple[Need, ...]:
        """All that would turn the denial into an allow; empty unless every denial has a need."""
        needs = tuple(denial.need for denial in self.denials if denial.need is not None)
        return needs if len(needs) == len(self.denials) else ()

    def __bool__(self) -> bool:
        raise TypeError("compare the verdict of a decision")

    def to_json(self) -> dict[str, Any]:
        """The JSON form, without members that have no value."""
        return {
            "verdict": self.verdict,
            "code": self.code,
            "denials": [denial.to_json() for denial in self.denials],
            "needs": list(self.needs),
            "notEstablished": list(self.not_established),
            "suite": self.suite,
            "now": self.now,
            "audience": self.audience,
            "grantor": self.grantor.to_json(),
            "mission": self.mission.to_json(),
            "chain": [hand.to_json() for hand in self.chain],
            "request": self.request.to_json() if self.request else None,
        } | present(
            relied=list(self.relied) or None,
            alarms=list(self.alarms) or None,
            reservation=self.reservation,
        )


def present(**members: Any) -> dict[str, Any]:
    """The members that have a value."""
    return {name: value for name, value in members.items() if value is not None}


def _hex(data: bytes | None) -> str | None:
    return None if data is None else data.hex()
