"""Minting approvals (§5.8.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from .. import json_text
from ..decoding import decode
from ..errors import WritError
from ..keys import Signer
from ..token import Digest, Token
from .claims import Answer, write_answer
from .piece import Piece, make_piece

#: How long an approval is good where nothing else is said.
LIFE: Final = 600


def approve(
    key: Signer,
    presentation: str,
    *,
    now: int,
    lifetime: int = LIFE,
    yes: bool = True,
    args: Mapping[str, object] | None = None,
    body: bytes | None = None,
) -> Piece:
    """Answer the request of a sealed token, whose arguments are those that were shown.

    Verify the chain first, and show who asks, for what, and with which arguments.
    """
    token = decode(presentation)
    invocation = token.invocation
    if invocation is None:
        raise WritError("mint.input", "an open token has no request to approve")
    if key.public in (block.key for block in token.blocks) or not _is_asked(key, token):
        raise WritError("mint.input", "no block asks this key, or it is a delegate's")
    if not _has_arguments(invocation.arguments, args, body):
        raise WritError("mint.input", "the arguments are not those of the invocation")
    answer = Answer(
        action=invocation.action,
        resource=invocation.resource,
        audience=invocation.audience,
        exp=now + lifetime,
        iat=now,
        nonce=invocation.nonce,
        arguments=invocation.arguments,
        yes=yes,
    )
    try:
        payload = write_answer(answer)
    except WritError as error:
        raise WritError("mint.input", f"the answer has {error.code}") from None
    return make_piece("approval", key, token.blocks[-1].id, payload)


def _is_asked(key: Signer, token: Token) -> bool:
    entries = (entry for block in token.blocks for entry in block.caveats.approval or ())
    return any(key.public in entry.keys for entry in entries)


def _has_arguments(
    digest: Digest | None, args: Mapping[str, object] | None, body: bytes | None
) -> bool:
    given = json_text.arguments((args or {}) if body is None else body)
    if digest is None:
        return not given
    if digest.mode == 1:
        return json_text.digest(given) == digest.sha256
    return body is not None and hashlib.sha256(body).digest() == digest.sha256
