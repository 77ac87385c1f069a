"""What a library is measured by."""

from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from scenario import Asked

Sent = TypeVar("Sent")


@dataclass(frozen=True)
class Duties:
    """What a peer does about three things that make its work more, or less."""

    # That whoever sends the request holds a key that the chain names.
    possession: bool
    # That a request which was allowed is not allowed again.
    replay: bool
    # That the request was meant for this service.
    audience: bool


class Party(Protocol[Sent]):
    """The delegates of one chain with their keys, and a service; what is held is text."""

    def mint(self, named: bool) -> str:
        """Makes the root."""

    def attenuate(self, held: str, at: int, named: bool) -> str:
        """Appends the block at a place: reads what is held from its text, and writes it."""

    def seal(self, held: str, asked: Asked) -> Sent:
        """Makes what is sent with a request."""

    def authorize(self, sent: Sent, asked: Asked) -> bool:
        """From the text that was sent to a decision, which is whether the request is allowed."""

    def size_held(self, held: str) -> int:
        """Bytes of what is held, in binary."""

    def size_sent(self, sent: Sent) -> int:
        """The same of what is sent."""

    def tamper(self, sent: Sent) -> Sent:
        """Alters what is sent within what is signed."""


@dataclass(frozen=True)
class Peer(Generic[Sent]):
    """A library that does the work of the scenario; a file in `peers/` exports each."""

    # As in the table.
    name: str
    # The package, and the module that a service imports.
    package: str
    module: str
    notes: str
    duties: Duties
    party: Party[Sent]


def chain_of(party: Party[Sent], blocks: int, named: bool) -> list[str]:
    """What the delegates of a chain hold, root first."""
    chain = [party.mint(named)]
    for at in range(1, blocks):
        chain.append(party.attenuate(chain[-1], at, named))
    return chain
