"""Minting a grant, a hop and an invocation (§5.4, §5.7). Claims have their JSON forms (§5.9).

Evidence on the text of a token stays on what is made of it; a bundle has no place for any.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping
from typing import Final

from .. import caveats, cose, forms, json_text
from ..cbor import Encodable, encode
from ..decision import present
from ..decoding import decode
from ..errors import WritError
from ..keys import Secret, Signer, SigningKey
from ..text import PREFIX, SECRET_PREFIX, to_base64url
from ..token import Token
from ..wider import is_wider
from .claims import (
    COUNTED,
    MISSION,
    TASK,
    Claims,
    Form,
    block_claims,
    drop_subject,
    numbered,
    require_one_audience,
    task_claim,
)
from .proof import Holder, Wire, append, holder_of, minted, seal, wire

#: How long an invocation lives where nothing else is said.
LIFE: Final = 60

_GRANT: Final = {"grantor", "delegate", "to", "mission", *caveats.KEYS}
_HOP: Final = {"delegate", "to", "iat", *TASK, *caveats.KEYS} - {"consent"}


def grant(
    anchor: Signer | Secret, claims: Form, *, now: int | None = None, cti: bytes | None = None
) -> str:
    """The text of a new token, by a key or a secret that verifiers trust (§5.4.1)."""
    suite, holder, kid = _anchor(anchor)
    forms.members(claims, allowed=_GRANT)
    mission = forms.members(claims.get("mission", {}), allowed=MISSION)
    require_one_audience(claims, [])
    found = block_claims(claims, suite)
    found |= {6: _clock(now), 7: secrets.token_bytes(16) if cti is None else cti}
    if "grantor" in claims:
        found[1] = claims["grantor"]
    if "mission" in claims:
        found[9] = numbered(mission, MISSION)
        drop_subject(found, f"{claims.get('grantor')}#{mission.get('id')}")
    if found.get(11) == [0]:
        del found[11]
    return append(suite, [], _unproven(cose.header(suite, kid), found), holder)


def delegate(
    token: str,
    claims: Form,
    *,
    key: Signer | None = None,
    bundle: SigningKey | None = None,
    cti: bytes | None = None,
    allow_wider: bool = False,
) -> str:
    """The text of a token with one more hop, by its holder (§5.4.2).

    With `bundle` this is the delegate's key, and the text carries it.
    """
    forms.members(claims, allowed=_HOP if bundle is None else _HOP - {"to"})
    before = decode(token)
    holder = holder_of(before, key)
    require_one_audience(claims, [block.caveats.aud for block in before.blocks])
    if bundle is not None:
        claims = {**claims, "to": bundle.public}
    found = block_claims(claims, before.suite)
    if cti is None and COUNTED & claims.keys():
        cti = secrets.token_bytes(8)
    if cti is not None:
        found[7] = cti
    if "iat" in claims:
        found[6] = claims["iat"]
    found |= task_claim(claims)
    drop_subject(found, before.subject)
    judge = None if allow_wider else _require_narrower
    blocks = [wire(block.object) for block in before.blocks]
    hop = _unproven(cose.header(before.suite), found)
    text = append(before.suite, blocks, hop, holder, judge)
    if bundle is None:
        return text + before.attached
    return f"{SECRET_PREFIX}{text.removeprefix(PREFIX)}~{to_base64url(bundle.seed)}"


def invoke(
    token: str,
    *,
    action: str,
    resource: str,
    audience: str,
    args: Mapping[str, object] | None = None,
    body: bytes | None = None,
    task: str | None = None,
    reference: str | None = None,
    instruction: str | None = None,
    key: Signer | None = None,
    now: int | None = None,
    lifetime: int = LIFE,
    nonce: bytes | None = None,
) -> str:
    """The text of a token that its holder sealed for one request of one service (§5.7).

    It is bound to arguments as a JSON object, or to the raw body that they are parsed from.
    """
    before = decode(token)
    holder = holder_of(before, key)
    iat = _clock(now)
    found: Claims = {1: action, 2: resource, 3: audience, 4: iat + lifetime, 6: iat}
    found[7] = secrets.token_bytes(16) if nonce is None else nonce
    if json_text.request_arguments(args, body):
        found[8] = _digest(args, body)
    found |= task_claim(present(task=task, reference=reference, instruction=instruction))
    blocks = [wire(block.object) for block in before.blocks]
    invocation = _unproven(cose.header(before.suite), found)
    return seal(before.suite, blocks, invocation, holder) + before.attached


def _anchor(anchor: Signer | Secret) -> tuple[int, Holder, bytes]:
    if isinstance(anchor, Secret):
        return cose.SUITE_HMAC, anchor.data, anchor.kid
    anchor.public.require_strong()
    return cose.SUITE_ED25519, anchor, anchor.public.id or b""


def _digest(args: Mapping[str, object] | None, body: bytes | None) -> Encodable:
    if body is not None:
        return [2, hashlib.sha256(body).digest()]
    return [1, json_text.digest(json_text.arguments(args))]


def _clock(now: int | None) -> int:
    return int(time.time()) if now is None else now


def _unproven(header: bytes, claims: Claims) -> Wire:
    return [header, {}, minted(lambda: encode(claims))]


def _require_narrower(token: Token) -> None:
    if is_wider(token):
        raise WritError("hop.wider")
