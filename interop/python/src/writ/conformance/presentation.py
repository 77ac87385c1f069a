"""Cases of what is presented, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..decoding import decode
from ..evidence import decode_evidence
from ..trust import import_trust
from ..verify import verify
from ..weigh.authentic import chain_keys, require_authentic


def run_presentation(given: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """The evidence at hand, read and authentic (§8 step 6, §9.7 step 1)."""
    reads = given.get("evidence") != "none"
    trust = import_trust(setting["trust"])
    chain = verify(decode(given["text"]), trust, setting["clock"], read_evidence=reads)
    loaded = decode_evidence(given["statuses"]) if "statuses" in given else ()
    pieces = (*chain.evidence, *loaded)
    require_authentic(chain, pieces)
    named = chain_keys(chain)
    return {
        "pieces": [
            {"kind": piece.kind, "by": piece.kid.hex(), "ignored": piece.kid not in named}
            for piece in pieces
        ]
    }
