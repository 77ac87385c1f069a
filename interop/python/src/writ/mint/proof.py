"""Proving what is minted: judged first, by decoding it, and only then signed or tagged (§4.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar

from .. import cose
from ..cbor import Encodable, encode
from ..decoding import decode
from ..errors import CODES, WritError
from ..keys import Signer, SigningKey, sign_checked
from ..text import PREFIX, SECRET_PREFIX, to_base64url
from ..token import Signed, Token

#: Proves the next object: a key that signs, or the secret or tag that the next tag is made with.
Holder: TypeAlias = Signer | bytes
Wire: TypeAlias = list[Encodable]
T = TypeVar("T")


def holder_of(token: Token, key: Signer | None) -> Holder:
    """What extends or seals a token: its tag, the key of its bundle, or the key that is given."""
    if token.invocation is not None:
        raise WritError("mint.sealed")
    if token.tag is not None and key is None:
        return token.tag
    bundled = None if token.seed is None else SigningKey(token.seed)
    if token.tag is not None or (key is None) == (bundled is None):
        raise WritError("mint.input", "one key is expected: the holder's")
    holder = key or bundled
    if holder is None or holder.public != token.blocks[-1].key:
        raise WritError("holder.key")
    return holder


def wire(signed: Signed) -> Wire:
    """A block as it stands in a token."""
    parts: Wire = [signed.header, {}, signed.payload]
    return parts if signed.proof is None else [*parts, signed.proof]


def append(
    suite: int,
    blocks: list[Wire],
    block: Wire,
    holder: Holder,
    judge: Callable[[Token], None] | None = None,
) -> str:
    """The text of an open token with one more block."""

    def write(proof: bytes) -> str:
        if suite == cose.SUITE_HMAC:
            return SECRET_PREFIX + to_base64url(encode([suite, [*blocks, block], proof]))
        return PREFIX + to_base64url(encode([suite, [*blocks, [*block, proof]]]))

    return _prove(write, holder, judge)


def seal(suite: int, blocks: list[Wire], invocation: Wire, holder: Holder) -> str:
    """The text of a token that ends in an invocation."""

    def write(proof: bytes) -> str:
        return PREFIX + to_base64url(encode([suite, blocks, [*invocation, proof]]))

    return _prove(write, holder)


def _prove(
    write: Callable[[bytes], str], holder: Holder, judge: Callable[[Token], None] | None = None
) -> str:
    """Judge what is to be proven by decoding it, and only then ask for the proof."""
    size = cose.PROOF_SIZES[cose.SUITE_HMAC if isinstance(holder, bytes) else cose.SUITE_ED25519]
    draft = minted(lambda: decode(write(bytes(size))))
    if judge is not None:
        judge(draft)
    signed = (draft.invocation or draft.blocks[-1]).object.signed
    if isinstance(holder, bytes):
        return write(cose.tag(holder, signed))
    return write(sign_checked(holder, signed))


def minted(make: Callable[[], T]) -> T:
    """Make something of what was told; what no decoder reads is malformed input."""
    try:
        return make()
    except WritError as error:
        if CODES[error.code] != "decode":
            raise
        raise WritError("mint.input", f"the result has {error.code}") from None
