"""Tests of tokens, `writ-vectors/1`: decode, verify, and decide without a store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..decide import decide
from ..decoding import decode
from ..errors import WritError
from ..trust import Trust, import_trust
from ..verify import Chain, verify
from .requests import handlers_of, request_of


def run_token(test: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """Where the token fails and with what; of a verified one, its blocks and its requests."""
    trust = import_trust(setting["trust"])
    try:
        token = decode(test["text"])
    except WritError as error:
        return {"stage": "decode", "code": error.code}
    try:
        chain = verify(token, trust, setting["clock"], read_evidence=False)
    except WritError as error:
        return {"stage": "verify", "code": error.code}
    requests = [_decide(chain, trust, setting, form) for form in test.get("requests", ())]
    refused = [found["code"] for found in requests if found["code"] != "allowed"]
    return {
        "stage": "decide" if refused else None,
        "code": refused[0] if refused else None,
        "blocks": [block.id.hex() for block in chain.blocks],
        "requests": requests,
    }


def _decide(
    chain: Chain, trust: Trust, setting: Mapping[str, Any], form: Mapping[str, Any]
) -> dict[str, Any]:
    now = setting["clock"]
    try:
        if "text" in form:
            chain = verify(decode(form["text"]), trust, now, read_evidence=False)
        decision = decide(
            chain,
            request_of(form["request"]),
            audience=form.get("audience", setting["audience"]),
            now=now,
            context=form.get("context", {}),
            handlers=handlers_of(form.get("handlers", {})),
        )
    except WritError as error:
        return {"code": error.code}
    return {"code": decision.code, "decision": decision.to_json()}
