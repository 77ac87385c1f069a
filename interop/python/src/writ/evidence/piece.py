"""A piece of evidence (§5.8): its kind and a signed object. It is verified by nobody yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias, cast

from .. import cbor, cose
from ..errors import WritError
from ..keys import PublicKey, Signer, import_jwk, sign_checked
from ..text import to_base64url
from .claims import Answer, Consent, Status, read_answer, read_consent, read_status

Kind: TypeAlias = Literal["status", "approval", "consent"]

_KINDS: Final[tuple[Kind, ...]] = ("status", "approval", "consent")
_LABELS: Final = {"status": cose.STATUS, "approval": cose.APPROVAL, "consent": cose.CONSENT}
_READERS: Final[Mapping[Kind, Callable[[bytes], Status | Answer | Consent]]] = {
    "status": read_status,
    "approval": read_answer,
    "consent": read_consent,
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One status, approval or consent, as it was read."""

    kind: Kind
    #: The key id of its signer, as its header says.
    kid: bytes
    claims: Status | Answer | Consent
    data: bytes = field(repr=False)
    header: bytes = field(repr=False)
    payload: bytes = field(repr=False)
    signature: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The text form (§6), which stands alone or behind a token."""
        return f"~{to_base64url(self.data)}"

    def is_by(self, jwk: Mapping[str, object]) -> bool:
        """Whether its header names the key that a decision relied on."""
        try:
            return import_jwk(jwk, "public").id == self.kid
        except WritError:
            return False

    def is_signed_by(self, key: PublicKey, link: bytes) -> bool:
        """Whether this key signed the piece for what the link names (§5.3)."""
        return key.verifies(_signed(self.kind, self.header, link, self.payload), self.signature)


def _signed(kind: Kind, header: bytes, link: bytes, payload: bytes) -> bytes:
    return cose.signed_bytes(cose.SUITE_ED25519, header, _LABELS[kind], link, payload)


def read_piece(data: bytes) -> Piece:
    """Read a piece of evidence, or refuse it with its code."""
    item = cbor.decode(data)
    if not isinstance(item, list) or len(item) != 2:
        raise WritError("evidence.shape")
    number, signed = item
    if not isinstance(signed, list) or len(signed) != 4:
        raise WritError("evidence.shape")
    if isinstance(number, bool) or number not in (1, 2, 3):
        raise WritError("evidence.kind")
    kind = _KINDS[number - 1]
    header, unprotected, payload, signature = signed
    kid = cose.kid_of(cose.SUITE_ED25519, header)
    if kid is None or unprotected != {}:
        raise WritError("token.header")
    if not isinstance(payload, bytes) or not isinstance(signature, bytes) or len(signature) != 64:
        raise WritError("evidence.shape")
    claims = _READERS[kind](payload)
    return Piece(kind, kid, claims, data, cast(bytes, header), payload, signature)


def make_piece(kind: Kind, signer: Signer, link: bytes, payload: bytes) -> Piece:
    """Sign a payload as a piece. What no decoder would read is refused before it is signed."""
    signer.public.require_strong()
    header = cose.header(cose.SUITE_ED25519, signer.public.id)
    number = _KINDS.index(kind) + 1
    try:
        draft = read_piece(cbor.encode([number, [header, {}, payload, bytes(64)]]))
    except WritError as error:
        raise WritError("mint.input", f"what is to be signed has {error.code}") from None
    signature = sign_checked(signer, _signed(kind, header, link, payload))
    data = cbor.encode([number, [header, {}, payload, signature]])
    return replace(draft, data=data, signature=signature)
