"""One receipt (§9.8.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from .. import cbor, cose, expect
from ..cbor import Encodable, Value
from ..errors import WritError
from ..expect import Rule
from ..keys import PublicKey, Signer, sign_checked

MAX_SIZE: Final = 1_048_576
MAX_TOKEN: Final = 65_536
MAX_PIECE: Final = 16_384
MAX_PIECES: Final = 256
_SIGNATURE_SIZE: Final = 64


@dataclass(frozen=True, slots=True)
class Torn:
    """Bytes in the log that a receipt seals: what a writer left that was killed."""

    length: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Claims:
    """The payload of a receipt."""

    #: Its place in the log, from 0.
    number: int
    #: The bytes of the token, unless it carried a secret.
    token: bytes | None = field(repr=False)
    evidence: tuple[bytes, ...] = field(repr=False)
    #: The canonical JSON of the summary.
    summary: bytes = field(repr=False)
    time: int
    torn: Torn | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt as it was read. Nothing of it was verified yet."""

    claims: Claims
    #: The key id of the log.
    kid: bytes
    header: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    def signed(self, link: bytes) -> bytes:
        """What the signature covers, behind the receipt with this id."""
        return _signed(self.header, link, self.payload)

    def id(self, link: bytes) -> bytes:
        """Its id behind the receipt with this id; it stands for all receipts up to this one."""
        return cose.object_id(self.signed(link))

    def is_signed_by(self, key: PublicKey, link: bytes) -> bool:
        """Whether the key of the log signed it behind the receipt with this id."""
        return key.verifies(self.signed(link), self.signature)

    @property
    def data(self) -> bytes:
        """The bytes of the receipt."""
        return cbor.encode([self.header, {}, self.payload, self.signature])


def _signed(header: bytes, link: bytes, payload: bytes) -> bytes:
    return cose.signed_bytes(cose.SUITE_ED25519, header, cose.RECEIPT, link, payload)


def read_receipt(data: bytes) -> Receipt:
    """Read a receipt; what is none is refused with `receipt.shape`."""
    try:
        return _read(data)
    except WritError as error:
        raise WritError("receipt.shape", f"it has {error.code}") from None


def _read(data: bytes) -> Receipt:
    if len(data) > MAX_SIZE:
        raise WritError("limit.size")
    header, unprotected, payload, signature = expect.array(cbor.decode(data), 4, 4)
    kid = cose.kid_of(cose.SUITE_ED25519, header)
    if kid is None or not isinstance(header, bytes) or unprotected != {}:
        raise WritError("token.header")
    if not isinstance(payload, bytes):
        raise WritError("token.shape")
    proof = expect.octets(signature, _SIGNATURE_SIZE)
    found = expect.claims(cbor.decode(payload), _RULES, (1, 3, 4, 6))
    claims = Claims(found[1], found.get(2), found[3], found[4], found[6], found.get(9))
    return Receipt(claims, kid, header, payload, proof)


def _evidence(value: Value) -> tuple[bytes, ...]:
    return tuple(expect.octets(item, 0, MAX_PIECE) for item in expect.array(value, 0, MAX_PIECES))


def _torn(value: Value) -> Torn:
    length, sha256 = expect.array(value, 2, 2)
    return Torn(expect.integer(length), expect.octets(sha256, 32))


_RULES: Final[dict[int, Rule]] = {
    1: expect.integer,
    2: lambda value: expect.octets(value, 1, MAX_TOKEN),
    3: _evidence,
    4: lambda value: expect.octets(value, 0, MAX_SIZE),
    6: expect.time,
    9: _torn,
}


def sign_receipt(key: Signer, link: bytes, claims: Claims) -> Receipt:
    """Sign the claims behind the receipt with this id."""
    form: dict[int, Encodable] = {
        1: claims.number,
        3: claims.evidence,
        4: claims.summary,
        6: claims.time,
    }
    if claims.token is not None:
        form[2] = claims.token
    if claims.torn is not None:
        form[9] = [claims.torn.length, claims.torn.sha256]
    header, payload = cose.header(cose.SUITE_ED25519, key.public.id), cbor.encode(form)
    signature = sign_checked(key, _signed(header, link, payload))
    return read_receipt(cbor.encode([header, {}, payload, signature]))
