"""From JSON forms to the claims of a payload (§5.4, §5.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeAlias

from .. import caveats, cose, forms
from ..cbor import Encodable
from ..errors import WritError
from ..keys import strong_key
from ..token import common_audiences
from .proof import minted

Form: TypeAlias = Mapping[str, Any]
Claims: TypeAlias = dict[int, Encodable]

TASK: Final = {"task": 2, "reference": 3, "instruction": 4}
MISSION: Final = {"id": 1, "purpose": 2, "reference": 3, "instruction": 4}
#: Caveats that count, for one audience.
COUNTED: Final = frozenset(caveats.STATE)

_HEXADECIMAL: Final = re.compile(r"(?:[0-9a-f]{2})*")


def require_one_audience(claims: Form, before: Sequence[Sequence[str] | None]) -> None:
    """Limits and plans need exactly one audience, which all blocks leave."""
    own = forms.each(claims["aud"], str) if "aud" in claims else None
    if COUNTED & claims.keys() and len(common_audiences([*before, own])) != 1:
        raise WritError("mint.input", "limits and plan need exactly one audience")


def block_claims(claims: Form, suite: int) -> Claims:
    """The delegate with its key, of which suite 1 has none, and the caveats."""
    if ("to" in claims) != (suite == cose.SUITE_ED25519):
        raise WritError("mint.input", "a delegate's key belongs to suite 2 alone")
    found: Claims = {8: strong_key(claims["to"]).data} if "to" in claims else {}
    if "delegate" in claims:
        found[2] = claims["delegate"]
    for name, number in caveats.KEYS.items():
        if name in claims:
            found[number] = minted(partial(caveats.MODULES[name].from_json, claims[name]))
    return found


def numbered(form: Form, numbers: Mapping[str, int]) -> Claims:
    """The parts of a mission or a task; the digest of an instruction is in hexadecimal."""
    found: Claims = {numbers[name]: form[name] for name in numbers if name in form}
    if "instruction" in form:
        digest = form["instruction"]
        if not isinstance(digest, str) or not _HEXADECIMAL.fullmatch(digest):
            raise WritError("mint.input", "the instruction is no digest")
        found[4] = bytes.fromhex(digest)
    return found


def task_claim(form: Form) -> Claims:
    """The task of a hop or an invocation, where it has one."""
    task = numbered(form, TASK)
    return {9: task} if task else {}


def drop_subject(found: Claims, subject: str) -> None:
    """Leave out the default subject where it is written out."""
    entries = found.get(12)
    if isinstance(entries, list):
        found[12] = forms.as_set([e[:2] if e[2:] == [subject] else e for e in entries])
