"""The Ed25519 rule (§4.2): one answer to every key, message and signature."""

from __future__ import annotations

from typing import Final

import nacl.bindings
import nacl.exceptions

_P: Final = 2**255 - 19
_L: Final = 2**252 + 27742317777372353535851937790883648493
_Y8: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826


def is_strong(data: bytes) -> bool:
    """Whether 32 bytes are canonical and no small-order point."""
    y = int.from_bytes(data, "little") & (2**255 - 1)
    return 1 < y < _P - 1 and y not in (_Y8, _P - _Y8)


def verify(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature is valid, by the equation without cofactor."""
    if len(key) != 32 or len(signature) != 64:
        return False
    if not is_strong(key) or not is_strong(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= _L:
        return False
    try:
        nacl.bindings.crypto_sign_open(signature + message, key)
    except nacl.exceptions.BadSignatureError:
        return False
    return True


def public_key(seed: bytes) -> bytes:
    """The public key of a seed."""
    return nacl.bindings.crypto_sign_seed_keypair(seed)[0]


def sign(seed: bytes, message: bytes) -> bytes:
    """The deterministic signature of RFC 8032."""
    secret = nacl.bindings.crypto_sign_seed_keypair(seed)[1]
    return nacl.bindings.crypto_sign(message, secret)[:64]


# Accepted by the equation with cofactor alone: a libsodium that says yes would split verdicts.
_COFACTOR_KEY: Final = bytes.fromhex(
    "81f9090fef16478fd61fc60e4240291d69432fee6f89d62d54a51c80b5da539a"
)
_COFACTOR_SIGNATURE: Final = bytes.fromhex(
    "60b73b30ea78aaaed1088292e78cc8a879aaecea53f650b5e0bad699924b29cb"
    "5d4a5b2ce5624b55237638d28a47c2b6786dd543f4907571affd8ecab573300a"
)
if verify(_COFACTOR_KEY, b"writ", _COFACTOR_SIGNATURE):
    raise ImportError("this libsodium verifies Ed25519 with the cofactor, which Writ forbids")
