"""What is at hand must be authentic where the chain names its key (§9.7, step 1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import WritError
from ..evidence import Piece
from ..keys import PublicKey
from ..verify import Chain


def require_authentic(chain: Chain, pieces: Iterable[Piece]) -> None:
    """Refuse a piece by a key of the chain that does not verify. Others say nothing."""
    keys = chain_keys(chain)
    for piece in pieces:
        key = keys.get(piece.kid)
        if key is not None:
            key.require_strong()
            if not piece.is_signed_by(key, link_of(chain, piece)):
                raise WritError("evidence.signature")


def chain_keys(chain: Chain) -> dict[bytes, PublicKey]:
    """The keys of the chain, by id: those that alive, approval and consent name in any block."""
    return {key.id: key for key in _named(chain) if key.id is not None}


def link_of(chain: Chain, piece: Piece) -> bytes:
    """What a piece of its kind is signed for (§5.3)."""
    match piece.kind:
        case "status":
            return b""
        case "approval":
            return chain.blocks[-1].id
        case "consent":
            return chain.blocks[0].id


def _named(chain: Chain) -> Iterator[PublicKey]:
    for block in chain.blocks:
        for asked in block.caveats.alive or ():
            yield asked.key
        for entry in block.caveats.approval or ():
            yield from entry.keys
        if block.caveats.consent is not None:
            yield block.caveats.consent
    if chain.anchor.alive is not None:
        yield chain.anchor.alive.key
