"""Logs of receipts (`writ-logs/1`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..keys import import_jwk
from ..receipts import Logged, prove, verify_log
from ..trust import Trust, import_trust


def run_log(test: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """What is wrong with a log first; of one that holds, its receipts and what they prove."""
    key = import_jwk(setting["key"], "public")
    log = verify_log(test["log"].encode("latin-1"), key, test.get("checkpoints", ()))
    answer: dict[str, Any] = {
        "result": "valid" if log.code is None else "invalid",
        "code": log.code,
        "size": log.size,
        "head": log.head.hex(),
    }
    if log.code is None:
        trust = import_trust(setting["trust"])
        receipts = [_receipt(logged, trust) for logged in log.receipts]
        return {**answer, "unsealed": log.unsealed, "receipts": receipts}
    if log.line is not None:
        answer["line"] = log.line
    return answer


def _receipt(logged: Logged, trust: Trust) -> dict[str, Any]:
    return {
        "id": logged.id.hex(),
        "line": logged.line,
        "summary": logged.summary,
        "proven": prove(logged, trust).to_json(),
    }
