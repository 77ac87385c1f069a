"""A presentation over HTTP (§14.3), and the status that a service answers with (§10)."""

from __future__ import annotations

from typing import Final

from .decision import Decision
from .errors import WritError

#: The scheme of `Authorization`, and what `WWW-Authenticate` of a response of 401 holds.
SCHEME: Final = "Writ"

_BY_STAGE: Final = {"decode": 400, "verify": 401, "decide": 403, "need": 403}
_BY_CODE: Final = {
    "request.malformed": 400,
    "limits.spent": 429,
    # Where a service decides, verification raises these; an importer does before it serves.
    "key.weak": 401,
    "key.algorithm": 401,
}


def from_authorization(value: str | None) -> str | None:
    """The presentation in the value of an `Authorization` header, where it has the scheme."""
    scheme, _, text = (value or "").partition(" ")
    return text.strip(" ") if scheme.lower() == SCHEME.lower() else None


def http_status(outcome: Decision | WritError) -> int:
    """The status for a decision, or for the error that was raised instead of one."""
    if isinstance(outcome, Decision) and outcome.verdict == "allow":
        return 200
    if isinstance(outcome, Decision) and outcome.needs:
        return 401
    error = WritError(outcome.code)
    if error.code.startswith(("store.", "receipt.")):
        return 503
    return _BY_CODE.get(error.code, _BY_STAGE.get(error.stage, 500))
