"""Cases of encoding, text, keys, signatures and tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import cbor, cose
from ..decoding import decode
from ..errors import WritError
from ..evidence import decode_evidence
from ..keys import ED25519, PublicKey, SigningKey, import_jwk
from ..token import Token
from ..trust import Anchor, import_trust

_LABELS = {"grant": cose.GRANT, "hop": cose.HOP, "invocation": cose.INVOCATION}


def encoding(given: Mapping[str, str], _setting: object) -> dict[str, Any]:
    """One item (§3.1), which is written again as it was read."""
    data = bytes.fromhex(given["bytes"])
    item = cbor.decode(data)
    if cbor.encode(item) != data:
        raise AssertionError("another encoding")
    return {"diagnostic": cbor.diagnostic(item)}


def text(given: Mapping[str, str], _setting: object) -> dict[str, Any]:
    """The text of a token, or of evidence (§6, §7)."""
    if "evidence" in given:
        return {"pieces": [piece.data.hex() for piece in decode_evidence(given["evidence"])]}
    token = decode(given["text"])
    parts = (token.seed,) if token.seed else token.evidence
    return {
        "kind": _kind(token),
        "token": token.data.hex(),
        "parts": [part.hex() for part in parts],
    }


def _kind(token: Token) -> str:
    if token.invocation is not None:
        return "sealed"
    if token.tag is not None:
        return "secret"
    return "bundle" if token.seed else "open"


def keys(given: Mapping[str, Any], _setting: object) -> dict[str, Any]:
    """A JWK (§4.1), or a trust file (§4.3)."""
    if "trust" in given:
        anchors = import_trust(given["trust"]).anchors
        return {"anchors": [_anchor(anchor) for anchor in anchors.values()]}
    key = import_jwk(given["jwk"], given["as"])
    found = key.public.id if isinstance(key, SigningKey) else key.id
    return {"id": _hex(found)}


def _anchor(anchor: Anchor) -> dict[str, Any]:
    form: dict[str, Any] = {
        "id": anchor.id.hex(),
        "principal": anchor.principal,
        "kind": anchor.kind,
        "speaksFor": list(anchor.speaks_for),
        "from": anchor.start,
        "until": anchor.until,
    }
    if anchor.alive is not None:
        alive = {"key": _hex(anchor.alive.key.id), "within": anchor.alive.within}
        if anchor.alive.subject is not None:
            alive["subject"] = anchor.alive.subject
        form["alive"] = alive
    return form


def _hex(data: bytes | None) -> str | None:
    return None if data is None else data.hex()


def ed25519(given: Mapping[str, str], _setting: object) -> dict[str, Any]:
    """A signature to verify (§4.2), or to make."""
    message = bytes.fromhex(given["message"])
    if "seed" in given:
        signer = SigningKey(bytes.fromhex(given["seed"]))
        return {"publicKey": signer.public.data.hex(), "signature": signer.sign(message).hex()}
    key = PublicKey(ED25519, bytes.fromhex(given["publicKey"]))
    key.require_strong()
    if not key.verifies(message, bytes.fromhex(given["signature"])):
        raise WritError("signature.invalid")
    return {}


def hmac(given: Mapping[str, Any], _setting: object) -> dict[str, Any]:
    """Signed bytes, ids and tags of suite 1 (§5.3)."""
    key, link = bytes.fromhex(given["secret"]), b""
    found: dict[str, list[str]] = {"signed": [], "ids": [], "tags": []}
    for kind, header, payload in zip(
        given["kinds"], given["headers"], given["payloads"], strict=True
    ):
        signed = cose.signed_bytes(
            cose.SUITE_HMAC, bytes.fromhex(header), _LABELS[kind], link, bytes.fromhex(payload)
        )
        key, link = cose.tag(key, signed), cose.object_id(signed)
        found["signed"].append(signed.hex())
        found["ids"].append(link.hex())
        found["tags"].append(key.hex())
    return found
