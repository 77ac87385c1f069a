"""Weighing consents (§9.7.3)."""

from __future__ import annotations

from collections.abc import Sequence

from ..caveats.facts import SKEW
from ..cose import SUITE_ED25519
from ..decision import Denial
from ..evidence import Consent, Piece
from ..keys import PublicKey
from ..trust import Trust
from .outcome import Outcome, refusal


def weigh_consent(
    asked: Denial, key: PublicKey, grantor: str, pieces: Sequence[Piece], trust: Trust, now: int
) -> Outcome:
    """Judge the consents at hand by the key that the root asks."""
    if not _is_grantors_own(key, grantor, trust, now):
        return Outcome((refusal(asked, "consent.key", needed=False, expected=grantor),))
    consents = [
        piece.claims
        for piece in pieces
        if isinstance(piece.claims, Consent) and piece.kid == key.id
    ]
    if not consents:
        return Outcome((refusal(asked, "consent.proof", needed=True),))
    in_time = [consent for consent in consents if consent.iat <= now + SKEW]
    if not in_time:
        earliest = min(consent.iat for consent in consents)
        return Outcome(
            (refusal(asked, "consent.early", needed=True, expected=earliest, actual=now),)
        )
    relied = {
        "kind": "consent",
        "block": asked.block,
        "key": key.to_jwk(),
        "iat": in_time[0].iat,
    }
    return Outcome(relied=(relied,))


def _is_grantors_own(key: PublicKey, grantor: str, trust: Trust, now: int) -> bool:
    """Whether the verifier trusts the key as that of the grantor, who is human (step 1)."""
    if key.id is None or (anchor := trust.find(key.id, SUITE_ED25519)) is None:
        return False
    return anchor.kind == "human" and anchor.in_window(now) and anchor.principal == grantor
