"""Keys, their ids and their JWK forms (§4.1)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, overload

from . import ed25519, expect
from .cbor import MAX_INT, Value
from .errors import WritError
from .text import from_base64url, to_base64url

#: The COSE number of Ed25519 (RFC 9864).
ED25519: Final = -19


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key. Two are the same when algorithm and bytes are equal."""

    alg: int
    data: bytes = field(repr=False)

    @property
    def id(self) -> bytes | None:
        """The key id: the RFC 7638 thumbprint of an Ed25519 key; any other key has none."""
        if self.alg != ED25519:
            return None
        members = f'{{"crv":"Ed25519","kty":"OKP","x":"{to_base64url(self.data)}"}}'
        return hashlib.sha256(members.encode("ascii")).digest()

    def to_claim(self) -> bytes | list[Value]:
        """The form in a token."""
        return self.data if self.alg == ED25519 else [self.alg, self.data]

    def to_jwk(self) -> dict[str, str | int]:
        """The public JWK."""
        crv: str | int = "Ed25519" if self.alg == ED25519 else self.alg
        return {"kty": "OKP", "crv": crv, "x": to_base64url(self.data)}

    def require_strong(self) -> None:
        """Refuse a pair (`key.algorithm`) and a key that §4.2 forbids (`key.weak`)."""
        if self.alg != ED25519:
            raise WritError("key.algorithm")
        if not ed25519.is_strong(self.data):
            raise WritError("key.weak")

    def verifies(self, message: bytes, signature: bytes) -> bool:
        """Whether this key made the signature (§4.2); no key of another algorithm did."""
        return self.alg == ED25519 and ed25519.verify(self.data, message, signature)


class Signer(Protocol):
    """Whatever signs for a public key: a SigningKey, or a key that is kept elsewhere."""

    @property
    def public(self) -> PublicKey: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, by its seed."""

    seed: bytes = field(repr=False)
    public: PublicKey = field(init=False)

    def __post_init__(self) -> None:
        if len(self.seed) != 32:
            raise WritError("key.length")
        public = PublicKey(ED25519, ed25519.public_key(self.seed))
        object.__setattr__(self, "public", public)

    @classmethod
    def generate(cls) -> SigningKey:
        """A new random key."""
        return cls(secrets.token_bytes(32))

    def sign(self, message: bytes) -> bytes:
        """The deterministic signature of RFC 8032."""
        return ed25519.sign(self.seed, message)

    def to_jwk(self) -> dict[str, str | int]:
        """The private JWK."""
        return {**self.public.to_jwk(), "d": to_base64url(self.seed)}


@dataclass(frozen=True, slots=True)
class Secret:
    """The root secret of suite 1."""

    kid: bytes
    data: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.data) != 32 or len(self.kid) != 16:
            raise WritError("key.length")

    @property
    def id(self) -> bytes:
        """The key id: the kid."""
        return self.kid

    @classmethod
    def generate(cls) -> Secret:
        """A new random secret with a random id."""
        return cls(secrets.token_bytes(16), secrets.token_bytes(32))

    def to_jwk(self) -> dict[str, str]:
        """The JWK of the secret."""
        return {"kty": "oct", "k": to_base64url(self.data), "kid": to_base64url(self.kid)}


def sign_checked(signer: Signer, message: bytes) -> bytes:
    """Sign, and refuse what is no valid signature of the key that was asked (§4.2)."""
    signature = signer.sign(message)
    if not signer.public.verifies(message, signature):
        raise WritError("mint.signature")
    return signature


def strong_key(form: object) -> PublicKey:
    """A key that may be minted into a token (§4.2), as such or as its public JWK."""
    if isinstance(form, Mapping) and isinstance(form.get("crv"), int):
        raise WritError("key.algorithm")
    key = form if isinstance(form, PublicKey) else import_jwk(form, "public")
    key.require_strong()
    return key


def parse_key(value: Value) -> PublicKey:
    """Read a key from a token. It does no cryptography: a weak key decodes."""
    if isinstance(value, bytes):
        return PublicKey(ED25519, expect.octets(value, 32))
    alg, data = expect.array(value, 2, 2)
    number = expect.integer(alg, -MAX_INT)
    expect.degenerate(number == ED25519)
    return PublicKey(number, expect.octets(data, 1, 4096))


@overload
def import_jwk(jwk: object, kind: Literal["public"]) -> PublicKey: ...
@overload
def import_jwk(jwk: object, kind: Literal["private"]) -> SigningKey: ...
@overload
def import_jwk(jwk: object, kind: Literal["secret"]) -> Secret: ...


def import_jwk(
    jwk: object, kind: Literal["public", "private", "secret"]
) -> PublicKey | SigningKey | Secret:
    """Import a parsed JWK as the kind of key that belongs in its place."""
    if not isinstance(jwk, Mapping) or jwk.get("use", "sig") != "sig":
        raise WritError("key.format", "no JSON object, or another use than signing")
    if kind == "secret":
        return _secret(jwk)
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        raise WritError("key.format", "an OKP key on Ed25519 is expected")
    if ("d" in jwk) != (kind == "private"):
        raise WritError("key.format", "a key of the other half is expected")
    if jwk.get("alg", "EdDSA") not in ("EdDSA", "Ed25519"):
        raise WritError("key.format", "another algorithm")
    public = PublicKey(ED25519, _member(jwk, "x", 32))
    public.require_strong()
    if kind == "public":
        return public
    key = SigningKey(_member(jwk, "d", 32))
    if key.public != public:
        raise WritError("key.mismatch")
    return key


def _secret(jwk: Mapping[str, object]) -> Secret:
    if jwk.get("kty") != "oct" or jwk.get("alg", "HS256") != "HS256":
        raise WritError("key.format", "an oct key for HS256 is expected")
    data, kid = _octets(jwk, "k"), _octets(jwk, "kid")
    return Secret(kid, data)


def _octets(jwk: Mapping[str, object], name: str) -> bytes:
    value = jwk.get(name)
    data = from_base64url(value) if isinstance(value, str) else None
    if data is None:
        raise WritError("key.format", "a member is not canonical base64url")
    return data


def _member(jwk: Mapping[str, object], name: str, size: int) -> bytes:
    data = _octets(jwk, name)
    if len(data) != size:
        raise WritError("key.length")
    return data
