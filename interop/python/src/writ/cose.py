"""COSE structures: headers, signed bytes, ids and tags (§5.2, §5.3)."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from .cbor import Value, encode

SUITE_HMAC: Final = 1
SUITE_ED25519: Final = 2

# The labels: each keeps one kind of object from passing for another.
GRANT: Final = "writ/1 grant"
HOP: Final = "writ/1 hop"
INVOCATION: Final = "writ/1 invocation"
STATUS: Final = "writ/1 status"
APPROVAL: Final = "writ/1 approval"
CONSENT: Final = "writ/1 consent"
RECEIPT: Final = "writ/1 receipt"

_CONTEXTS: Final = {SUITE_HMAC: "MAC0", SUITE_ED25519: "Signature1"}
_ALGORITHMS: Final = {SUITE_HMAC: 5, SUITE_ED25519: -19}
#: The bytes of a key id, and of a signature or tag, by suite.
KID_SIZES: Final = {SUITE_HMAC: 16, SUITE_ED25519: 32}
PROOF_SIZES: Final = {SUITE_HMAC: 32, SUITE_ED25519: 64}


def header(suite: int, kid: bytes | None = None) -> bytes:
    """The protected header, with a key id in root blocks, evidence and receipts."""
    parameters: dict[int, int | bytes] = {1: _ALGORITHMS[suite]}
    if kid is not None:
        parameters[4] = kid
    return encode(parameters)


def kid_of(suite: int, protected: Value) -> bytes | None:
    """The key id in a protected header; None where it is not exactly one with a key id."""
    if not isinstance(protected, bytes):
        return None
    kid = protected[-KID_SIZES[suite] :]
    return kid if protected == header(suite, kid) else None


def signed_bytes(suite: int, protected: bytes, label: str, link: bytes, payload: bytes) -> bytes:
    """What the signature or tag covers."""
    return covered(suite, protected, encode([label, link]), payload)


def covered(suite: int, protected: bytes, external: bytes, payload: bytes) -> bytes:
    """The structure of RFC 9052, §4.4 or §6.3, with its external data."""
    return encode([_CONTEXTS[suite], protected, external, payload])


def object_id(signed: bytes) -> bytes:
    """The id of an object: the SHA-256 of its signed bytes."""
    return hashlib.sha256(signed).digest()


def tag(key: bytes, signed: bytes) -> bytes:
    """The tag of suite 1, whole."""
    return hmac.digest(key, signed, "sha256")
