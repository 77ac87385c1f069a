"""Trust files (§4.3): the order of refusals, and for whom an anchor speaks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from writ.errors import WritError
from writ.keys import Secret, SigningKey
from writ.text import to_base64url
from writ.trust import import_trust

CFO = SigningKey(bytes([1]) * 32)
OTHER = SigningKey(bytes([2]) * 32)
SECRET = Secret(bytes(16), bytes([3]) * 32)
HUMAN = {"principal": "mailto:cfo@acme.example", "kind": "human"}
AUTHORITY = {**HUMAN, "kind": "authority", "speaks_for": ["mailto:*"]}
ALIVE = {"key": OTHER.public.to_jwk(), "within": 60}
WEAK = {"kty": "OKP", "crv": "Ed25519", "x": to_base64url(bytes(32))}


def _file(*keys: Any) -> Any:
    return {"keys": list(keys), "more": 1}


def _key(writ: Any, **members: Any) -> dict[str, Any]:
    return {**CFO.public.to_jwk(), "writ": writ, **members}


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("[", "trust.format"),
        ('{"keys":[],"keys":[]}', "trust.format"),
        ([], "trust.format"),
        ({"keys": {}}, "trust.format"),
        (_file(1), "trust.format"),
        (_file(CFO.public.to_jwk()), "trust.format"),
        (_file(_key({**HUMAN, "x": 1})), "trust.format"),
        (_file(_key({"kind": "human"})), "trust.format"),
        (_file(_key({**HUMAN, "principal": "mailto:*"})), "trust.format"),
        (_file(_key({**HUMAN, "kind": "robot"}, kty="EC")), "trust.format"),
        (_file(_key({**HUMAN, "from": 2**33})), "trust.format"),
        (_file(_key({**HUMAN, "until": 2**33})), "trust.format"),
        (_file(_key({**HUMAN, "from": True})), "trust.format"),
        (_file(_key({**HUMAN, "from": 1.5})), "trust.format"),
        (_file(_key({**AUTHORITY, "speaks_for": ["a"]})), "trust.format"),
        (_file(_key({**HUMAN, "from": 9, "until": 9}, kty="EC")), "key.format"),
        (_file({**WEAK, "writ": {**AUTHORITY, "speaks_for": []}}), "key.weak"),
        (_file({**CFO.to_jwk(), "writ": HUMAN}), "key.format"),
        (_file({**SECRET.to_jwk(), "k": "", "writ": AUTHORITY}), "key.length"),
        (_file(_key({**HUMAN, "from": 9, "until": 9, "alive": 1})), "trust.anchor"),
        (_file(_key({**HUMAN, "speaks_for": ["mailto:*"]})), "trust.anchor"),
        (_file(_key({**AUTHORITY, "speaks_for": []})), "trust.anchor"),
        (_file({**SECRET.to_jwk(), "writ": HUMAN}), "trust.anchor"),
        (_file(_key({**HUMAN, "alive": None}, kid="x")), "trust.format"),
        (_file(_key({**HUMAN, "alive": {**ALIVE, "x": 1}})), "trust.format"),
        (_file(_key({**HUMAN, "alive": {**ALIVE, "within": -1}})), "trust.format"),
        (_file(_key({**HUMAN, "alive": {**ALIVE, "key": WEAK}}, kid="x")), "key.weak"),
        (_file(_key(HUMAN, kid="x")), "trust.format"),
        (_file(_key(HUMAN), _key(AUTHORITY)), "trust.duplicate"),
        (_file(_key(HUMAN), _key(HUMAN, kid="x")), "trust.format"),
    ],
)
def test_refuses(file: Any, code: str) -> None:
    with pytest.raises(WritError) as caught:
        import_trust(file)
    assert caught.value.code == code


def test_reads_a_file() -> None:
    key_id = CFO.public.id or b""
    kid = to_base64url(key_id)
    human = _key({**HUMAN, "from": 5, "until": 9, "alive": ALIVE}, kid=kid)
    shared = {**SECRET.to_jwk(), "writ": AUTHORITY}
    trust = import_trust(json.dumps(_file(human, shared)))
    anchor = trust.find(key_id, 2)
    assert anchor is not None
    assert [anchor.in_window(now) for now in (4, 5, 8, 9)] == [False, True, True, False]
    assert anchor.speaks("mailto:cfo@acme.example")
    assert not anchor.speaks("mailto:ceo@acme.example")
    assert anchor.alive is not None
    assert (anchor.alive.key, anchor.alive.within) == (OTHER.public, 60)
    assert trust.find(key_id, 1) is None
    authority = trust.find(SECRET.kid, 1)
    assert authority is not None
    assert authority.speaks("mailto:ceo@acme.example")
    assert not authority.speaks("agent:acme/x")
