"""Proof that a peer does the work."""

from peer import Peer, Sent, chain_of
from scenario import LENGTHS, NARROWED, REFUSED, REQUEST


class UnprovedError(Exception):
    """What a peer did not do."""


def prove(peer: Peer[Sent]) -> None:
    """Asks a peer for all that it must allow and refuse at each length.

    Raises UnprovedError that says what it did not do.
    """
    party = peer.party
    chain = chain_of(party, max(LENGTHS), named=True)
    for blocks in LENGTHS:
        held = chain[blocks - 1]
        good = party.seal(held, REQUEST)
        if not party.authorize(good, REQUEST):
            raise UnprovedError(f"{peer.name} refuses the good request at {blocks} blocks")
        if party.authorize(party.tamper(good), REQUEST):
            raise UnprovedError(f"{peer.name} allows what was altered at {blocks} blocks")
        for asked in REFUSED if blocks == 1 else (*REFUSED, NARROWED):
            if party.authorize(party.seal(held, asked), asked):
                raise UnprovedError(f"{peer.name} allows {asked} at {blocks} blocks")
