"""Cases of minting: a token, or a piece of evidence, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from ..errors import WritError
from ..evidence import Entry, State, approve, change_state, consent_to, issue_status
from ..keys import PublicKey, Secret, Signer, SigningKey, import_jwk
from ..mint import delegate, grant, invoke

_Input: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """A signer that returns one signature, whatever it is given."""

    public: PublicKey
    signature: bytes

    def sign(self, message: bytes) -> bytes:
        return self.signature


def mint(given: _Input, _setting: object) -> dict[str, Any]:
    """What is minted, or how a mission stands after a change."""
    if given["do"] == "change":
        state = State[given["state"].upper()]
        return {"state": change_state(state, given["change"]).name.lower()}
    return {"text": _MINTERS[given["do"]](given, given["options"])}


def _signer(given: _Input) -> Signer:
    key = _key(given)
    if key is None or isinstance(key, Secret):
        raise WritError("mint.input", "a key that signs is expected")
    return key


def _key(given: _Input) -> SigningKey | _Elsewhere | Secret | None:
    jwk = given.get("key")
    if jwk is None:
        return None
    if "signature" in given:
        return _Elsewhere(import_jwk(jwk, "public"), bytes.fromhex(given["signature"]))
    return import_jwk(jwk, "secret") if jwk["kty"] == "oct" else import_jwk(jwk, "private")


def _without(form: _Input, *names: str) -> dict[str, Any]:
    return {name: value for name, value in form.items() if name not in names}


def _bytes(form: _Input, name: str) -> bytes | None:
    return bytes.fromhex(form[name]) if name in form else None


def _grant(given: _Input, form: _Input) -> str:
    claims = _without(form, "now", "cti")
    return grant(_key(given) or _signer(given), claims, now=form["now"], cti=_bytes(form, "cti"))


def _delegate(given: _Input, form: _Input) -> str:
    return delegate(
        given["text"],
        _without(form, "cti", "force"),
        key=_signer(given) if "key" in given else None,
        cti=_bytes(form, "cti"),
        allow_wider=form.get("force", False),
    )


def _invoke(given: _Input, form: _Input) -> str:
    return invoke(
        given["text"],
        **_without(form, "body", "nonce"),
        body=_bytes(form, "body"),
        nonce=_bytes(form, "nonce"),
        key=_signer(given) if "key" in given else None,
    )


def _status(given: _Input, form: _Input) -> str:
    subjects = {subject: _entry(entry) for subject, entry in form["subjects"].items()}
    issued = form["issued"]
    return issue_status(_signer(given), subjects, now=issued, exp=issued + form["goodFor"]).text


def _entry(form: _Input) -> Entry:
    try:
        state = State[form["state"].upper()]
    except KeyError:
        raise WritError("mint.input", "a state that is none") from None
    revoked: dict[bytes, int] = {}
    for item in form.get("revoked", ()):
        if revoked.setdefault(bytes.fromhex(item["id"]), item["until"]) != item["until"]:
            raise WritError("mint.input", "one id with two times")
    return Entry(state, revoked)


def _approve(given: _Input, form: _Input) -> str:
    answer = approve(
        _signer(given),
        given["text"],
        yes=form["approved"],
        body=_bytes(form, "body"),
        **_without(form, "approved", "body"),
    )
    return answer.text


def _consent(given: _Input, form: _Input) -> str:
    return consent_to(_signer(given), given["text"], now=form["now"]).text


_MINTERS: Final[Mapping[str, Callable[[_Input, _Input], str]]] = {
    "grant": _grant,
    "delegate": _delegate,
    "invoke": _invoke,
    "status": _status,
    "approve": _approve,
    "consent": _consent,
}
