"""Accumulated tests: what becomes of many tokens that are drawn from tables, as one hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from .. import cose, json_text
from ..cbor import Encodable, encode
from ..decide import Request, decide
from ..decoding import decode
from ..errors import WritError
from ..keys import Secret, SigningKey, import_jwk
from ..text import PREFIX, SECRET_PREFIX, to_base64url
from ..trust import Trust, import_trust
from ..verify import verify
from .drawing import Stream, item

_TIMES = {4, 5, 6}
_CTI = 7
_KEY = 8


def run_accumulated(given: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """The hash over all tokens, and what becomes of the first two."""
    drawer = _Drawer(given["seed"], setting)
    whole, first = hashlib.sha256(), []
    for number in range(given["count"]):
        found = drawer.outcome(number)
        lines = (found["text"], found["code"], ",".join(found["denials"]))
        whole.update("".join(f"{line}\n" for line in lines).encode())
        if number < 2:
            first.append(found)
    return {"first": first, "sha256": whole.hexdigest()}


class _Drawer:
    """The tables of a file, and what their tokens are signed and judged with."""

    def __init__(self, seed: str, setting: Mapping[str, Any]) -> None:
        self.seed = seed
        self.tables: Mapping[str, Any] = setting["tables"]
        self.clock: int = setting["clock"]
        self.audience: str = setting["audience"]
        self.trust: Trust = import_trust(setting["trust"])
        self.keys = {
            name: SigningKey(bytes.fromhex(key["seed"])) for name, key in setting["keys"].items()
        }
        self.public = {name: key.public.data for name, key in self.keys.items()}
        (jwk,) = (jwk for jwk in setting["trust"]["keys"] if jwk["kty"] == "oct")
        self.secret = import_jwk(jwk, "secret")

    def outcome(self, number: int) -> dict[str, Any]:
        """The text of a token, and what becomes of it."""
        stream = Stream(self.seed, number, self.tables["odds"], self.tables["altered"])
        hashed = stream.one_in(2)
        root = self.secret if hashed else self.keys[stream.choice(self.tables["anchor"])]
        holders = self.tables["holders"]
        chain = holders[: 1 + stream.below(len(holders))]
        payloads = [
            self.payload(stream, "hop" if index else "grant", self._claims_key(hashed, holder))
            for index, holder in enumerate(chain)
        ]
        request, mode = stream.pick(self.tables["requests"]), 1 + stream.below(2)
        seal = None
        if not stream.one_in(self.tables["open"]):
            seal = self.payload(stream, "invocation", {}, _asked(request, mode))
        if stream.is_odd():
            request = stream.pick(self.tables["requests"])
        if stream.is_odd():
            mode = 3 - mode
        context = stream.choice(self.tables["context"])
        token = _token(root, [self.keys[holder] for holder in chain], payloads, seal)
        text = SECRET_PREFIX if hashed and seal is None else PREFIX
        text += to_base64url(stream.altered(token))
        if stream.is_altered():
            at = stream.below(len(text))
            characters = self.tables["characters"]
            text = text[:at] + characters[stream.below(len(characters))] + text[at + 1 :]
        code, denials = self._decided(text, _request(request, mode), context)
        return {"text": text, "code": code, "denials": denials}

    def _claims_key(self, hashed: bool, holder: str) -> dict[int, bytes]:
        return {} if hashed else {_KEY: self.public[holder]}

    def payload(
        self,
        stream: Stream,
        kind: str,
        key: Mapping[int, bytes],
        beside: Mapping[int, Encodable] | None = None,
    ) -> bytes:
        """A payload: the choice of each claim, encoded, and seldom altered."""
        found: dict[int, Encodable] = dict(beside or {})
        for number, table in sorted(
            (int(name), table) for name, table in self.tables[kind].items()
        ):
            if number == _KEY and not key:
                continue
            value = stream.choice(table)
            if value is None:
                continue
            if number == _CTI:
                found[number] = stream.take(value)
            elif number in _TIMES:
                found[number] = self.clock + value
            else:
                found[number] = item(value, {**self.public, "holder": key.get(_KEY, b"")})
        return stream.altered(encode(found))

    def _decided(
        self, text: str, request: Request, context: Mapping[str, object]
    ) -> tuple[str, list[str]]:
        try:
            chain = verify(decode(text), self.trust, self.clock, read_evidence=False)
            decision = decide(
                chain, request, audience=self.audience, now=self.clock, context=context
            )
        except WritError as error:
            return error.code, []
        return decision.code, [denial.code for denial in decision.denials]


def _asked(request: Mapping[str, Any], mode: int) -> dict[int, Encodable]:
    """What an invocation says of its request."""
    found: dict[int, Encodable] = {1: request["action"], 2: request["resource"]}
    if request["args"] is not None:
        data = json_text.canonical(request["args"]) if mode == 1 else _body(request["args"])
        found[8] = [mode, hashlib.sha256(data).digest()]
    return found


def _body(args: Mapping[str, Any]) -> bytes:
    return json.dumps(args, ensure_ascii=False, separators=(",", ":")).encode()


def _request(request: Mapping[str, Any], mode: int) -> Request:
    args = request["args"]
    if args is None or mode == 1:
        return Request(request["action"], request["resource"], args)
    return Request(request["action"], request["resource"], body=_body(args))


def _token(
    root: SigningKey | Secret, holders: list[SigningKey], payloads: list[bytes], seal: bytes | None
) -> bytes:
    """All payloads signed as they are, each for its one place (§5.3)."""
    hashed = isinstance(root, Secret)
    suite = cose.SUITE_HMAC if hashed else cose.SUITE_ED25519
    kid, proof = (root.kid, root.data) if isinstance(root, Secret) else (root.public.id, b"")
    header, label, link = cose.header(suite, kid), cose.GRANT, b""
    blocks: list[Encodable] = []
    for index, payload in enumerate(payloads):
        signed = cose.signed_bytes(suite, header, label, link, payload)
        link, proof = cose.object_id(signed), _proof(root, holders, index, proof, signed)
        blocks.append([header, {}, payload] if hashed else [header, {}, payload, proof])
        header, label = cose.header(suite), cose.HOP
    if seal is None:
        return encode([suite, blocks, proof] if hashed else [suite, blocks])
    signed = cose.signed_bytes(suite, header, cose.INVOCATION, link, seal)
    proof = _proof(root, holders, len(payloads), proof, signed)
    return encode([suite, blocks, [header, {}, seal, proof]])


def _proof(
    root: SigningKey | Secret, holders: list[SigningKey], index: int, before: bytes, signed: bytes
) -> bytes:
    if isinstance(root, Secret):
        return cose.tag(before, signed)
    return (root, *holders)[index].sign(signed)
