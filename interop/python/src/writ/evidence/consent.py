"""Minting consents (§5.8.3)."""

from __future__ import annotations

from ..decoding import decode
from ..errors import WritError
from ..keys import Signer
from .claims import Consent, write_consent
from .piece import Piece, make_piece


def consent_to(key: Signer, text: str, *, now: int) -> Piece:
    """Say yes to the root block of a token that asks for the consent of this key.

    Show the grant before.
    """
    root = decode(text).blocks[0]
    if root.caveats.consent != key.public:
        raise WritError("mint.input", "the grant does not ask for the consent of this key")
    try:
        payload = write_consent(Consent(now))
    except WritError as error:
        raise WritError("mint.input", f"the consent has {error.code}") from None
    return make_piece("consent", key, root.id, payload)
