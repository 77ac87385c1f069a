"""Cases of the effective authority (§9.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..decoding import decode
from ..effective import effective_authority
from ..trust import import_trust
from ..verify import verify


def effective(given: Mapping[str, Any], setting: Mapping[str, Any]) -> dict[str, Any]:
    """The effective authority after each block, of a verified chain or of what somebody wrote."""
    token = decode(given["text"])
    if given["verified"]:
        chain = verify(token, import_trust(setting["trust"]), setting["clock"])
        found = effective_authority(chain)
    else:
        found = effective_authority(token)
    return {"blocks": [block.to_json() for block in found]}
