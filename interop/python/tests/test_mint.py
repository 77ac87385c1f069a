"""Minting (§5.4, §5.7): the bytes of the worked example, and what is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from vector_files import FOLDER

from writ.decide import Request, decide
from writ.decoding import decode
from writ.errors import WritError
from writ.keys import PublicKey, Secret, SigningKey
from writ.mint import delegate, grant, invoke
from writ.text import to_base64url
from writ.trust import Trust, import_trust
from writ.verify import verify

NOW = 1_800_000_000
SERVICE = "https://files.acme.example"
CFO = SigningKey(bytes.fromhex("889931393f6ca229642b0c3e7b792b2584afaa5f08ab5ff39c14810d88874b85"))
RESEARCH = SigningKey(
    bytes.fromhex("51963323fafe3d02963cad1ed03ee0ce2df62a08ac26086b7290860978ca152a")
)
LOOKUP = SigningKey(
    bytes.fromhex("9aecb0aef4f9b4a76c647807a5ee4be167ea32290fa23b2cc512025632509990")
)
SECRET = Secret(
    bytes.fromhex("d881607f53075cef0910c42897be0ac9"),
    bytes.fromhex("7628d2ea06457b61e6b55e19e2063e4c1da68d8d6dfa2f9fefb7f42167f4303e"),
)
CTI = bytes.fromhex("4893825586217838d936b0d6c498f842")
NONCE = bytes.fromhex("78377b525757b494427f89014f97d799")
GRANT: dict[str, Any] = {
    "grantor": "mailto:cfo@acme.example",
    "delegate": "agent:acme/research",
    "exp": 1_800_007_200,
    "mission": {"id": "q3-report", "purpose": "Prepare the Q3 report"},
    "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
    "delegation": {"depth": 4},
}
HOP: dict[str, Any] = {
    "delegate": "agent:acme/lookup",
    "exp": 1_800_003_600,
    "task": "Find the Q3 revenue",
}
KEYED = {**GRANT, "to": RESEARCH.public}


def _open(**claims: Any) -> str:
    return grant(CFO, {**KEYED, **claims}, now=NOW, cti=CTI)


def _invoke(text: str, key: SigningKey | None, **more: Any) -> str:
    request = {"action": "read", "resource": "reports/q3.pdf", "audience": SERVICE}
    return invoke(text, **{**request, **more}, key=key, now=NOW, nonce=NONCE)


def _trust() -> Trust:
    human = {"principal": "mailto:cfo@acme.example", "kind": "human"}
    return import_trust({"keys": [{**CFO.public.to_jwk(), "writ": human}]})


def test_the_worked_example() -> None:
    tests = json.loads((FOLDER / "token.json").read_text("utf-8"))["tests"]
    (text,) = (test["text"] for test in tests if test["id"] == "token-108")
    hop = delegate(_open(), {**HOP, "to": LOOKUP.public.to_jwk()}, key=RESEARCH)
    assert _invoke(hop, LOOKUP) == text


def test_the_worked_example_in_suite_1() -> None:
    root = grant(SECRET, {**GRANT, "aud": [SERVICE]}, now=NOW, cti=CTI)
    token = decode(root)
    assert token.tag is not None
    assert token.blocks[0].id.hex() == (
        "b4851c4894309f194918a2d1967de9c55f35ee12be832db0dcd7fbb6b286c9fc"
    )
    assert token.tag.hex() == "f7d9bb1f4f5cf9256be23a83137f8d3d8e6f448e360a78eeb8c7818e4af50253"
    hop = delegate(root, HOP)
    tag = decode(hop).tag
    assert tag is not None
    assert tag.hex() == "6e50bc4dcc3e555d60117ccd1121c2d07d71ab362bf57216547dadf956efe3bd"
    invocation = decode(_invoke(hop, None)).invocation
    assert invocation is not None
    assert invocation.object.proof is not None
    assert invocation.object.proof.hex() == (
        "8dff814184b3ae79a9b34bbc3650d37bb670499293d800d2aa2a33c49677a23f"
    )


def test_a_bundle_extends_and_seals_itself() -> None:
    bundle = delegate(_open(), HOP, key=RESEARCH, bundle=LOOKUP)
    assert bundle.startswith("writ_secret_")
    sealed = _invoke(bundle, None, body=b'{"a": 1}')
    chain = verify(decode(sealed), _trust(), NOW)
    decision = decide(
        chain,
        Request("read", "reports/q3.pdf", body=b'{"a": 1}'),
        audience=SERVICE,
        now=NOW,
    )
    assert decision.verdict == "allow"
    assert decision.request is not None
    assert decision.request.args == {"a": 1}
    with pytest.raises(TypeError):
        bool(decision)


def test_sets_are_sorted_and_what_absence_says_is_left_out() -> None:
    key = LOOKUP.public.to_jwk()
    subject = "mailto:cfo@acme.example#q3-report"
    entries = [{"key": key, "within": 9, "subject": subject}, {"key": key, "within": 9}]
    text = _open(aud=["bb", "a", "bb"], delegation={"depth": 0}, alive=entries)
    caveats = decode(text).blocks[0].caveats
    assert caveats.aud == ("a", "bb")
    assert caveats.delegation is None
    assert [entry.subject for entry in caveats.alive or ()] == [None]


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"scop": 1}, "mint.input"),
        ({"task": "a"}, "mint.input"),
        ({"mission": {"id": "a", "purpose": "b", "because": "c"}}, "mint.input"),
        ({"mission": {"id": "a"}}, "mint.input"),
        ({"mission": {"id": "a", "purpose": "\x00"}}, "mint.input"),
        ({"exp": 2**33}, "mint.input"),
        ({"exp": None}, "mint.input"),
        ({"scope": []}, "mint.input"),
        ({"scope": [{"actions": ["read"], "resources": ["a"], "arg": {}}]}, "mint.input"),
        ({"limits": [{"unit": "call", "amount": 1}]}, "mint.input"),
        ({"limits": [{"unit": "call", "amount": 1}], "aud": ["a", "b"]}, "mint.input"),
        ({"to": None}, "key.format"),
        ({"to": PublicKey(-19, bytes(32))}, "key.weak"),
        ({"to": {"kty": "OKP", "crv": -49, "x": "AA"}}, "key.algorithm"),
        ({"consent": PublicKey(-49, b"1")}, "key.algorithm"),
    ],
)
def test_grant_refuses(claims: dict[str, Any], code: str) -> None:
    with pytest.raises(WritError) as caught:
        _open(**claims)
    assert caught.value.code == code


def test_grant_of_suite_1_has_no_key_and_names_its_services() -> None:
    for claims in (KEYED, GRANT):
        with pytest.raises(WritError, match=r"mint\.input"):
            grant(SECRET, claims, now=NOW)


def test_delegate_refuses() -> None:
    text = _open(aud=["a", "b"])
    limits = [{"unit": "call", "amount": 1}]
    hop = {**HOP, "to": LOOKUP.public}
    cases: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
        ("writ", hop, {}, "text.prefix"),
        (_invoke(text, RESEARCH), {}, {}, "mint.sealed"),
        (text, hop, {}, "mint.input"),
        (text, {}, {"key": LOOKUP}, "holder.key"),
        (text, {**hop, "limits": limits}, {"key": RESEARCH}, "mint.input"),
        (text, {**hop, "limits": limits, "aud": ["c"]}, {"key": RESEARCH}, "mint.input"),
        (text, HOP, {"key": RESEARCH}, "mint.input"),
        (text, {**hop, "consent": LOOKUP.public}, {"key": RESEARCH}, "mint.input"),
        (text, hop, {"key": RESEARCH, "bundle": LOOKUP}, "mint.input"),
        (text, {**hop, "exp": 1_800_007_201}, {"key": RESEARCH}, "hop.wider"),
    ]
    for token, claims, more, code in cases:
        with pytest.raises(WritError) as caught:
            delegate(token, claims, **more)
        assert caught.value.code == code
    wide = delegate(text, {**hop, "exp": 1_800_007_201}, key=RESEARCH, allow_wider=True)
    assert decode(wide).blocks[1].caveats.exp == 1_800_007_201
    one = delegate(text, {**hop, "limits": limits, "aud": ["a"]}, key=RESEARCH)
    assert len(decode(one).blocks[1].cti or b"") == 8


def test_a_holder_is_asked_for_nothing_that_is_refused() -> None:
    class Silent:
        public = RESEARCH.public

        def sign(self, message: bytes) -> bytes:
            raise AssertionError("asked for a signature")

    hop = {**HOP, "to": LOOKUP.public}
    for claims in ({**hop, "exp": 1_800_007_201}, {**hop, "delegate": "*"}):
        with pytest.raises(WritError):
            delegate(_open(), claims, key=Silent())


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"action": "*"}, "mint.input"),
        ({"resource": "/a"}, "mint.input"),
        ({"lifetime": 301}, "mint.input"),
        ({"lifetime": 0}, "mint.input"),
        ({"args": {"?a": 1}}, "request.malformed"),
        ({"args": {}, "body": b""}, "request.malformed"),
        ({"task": "\x00"}, "mint.input"),
        ({"instruction": "00"}, "mint.input"),
        ({"instruction": "x"}, "mint.input"),
    ],
)
def test_invoke_refuses(request_: dict[str, Any], code: str) -> None:
    with pytest.raises(WritError) as caught:
        _invoke(_open(), RESEARCH, **request_)
    assert caught.value.code == code


def test_a_seed_that_is_not_of_the_last_key() -> None:
    text = _open()
    bundle = f"writ_secret_{text.removeprefix('writ_')}~{to_base64url(LOOKUP.seed)}"
    with pytest.raises(WritError, match=r"holder\.key"):
        _invoke(bundle, None)
    with pytest.raises(WritError, match=r"mint\.input"):
        _invoke(bundle, RESEARCH)


def test_evidence_on_the_text_stays_on_it() -> None:
    hop = {**HOP, "to": LOOKUP.public}
    text = delegate(f"{_open()}~AAAA~AQ", hop, key=RESEARCH)
    assert text.endswith("~AAAA~AQ")
    assert _invoke(text, LOOKUP).endswith("~AAAA~AQ")
    bundle = delegate(f"{_open()}~AAAA", HOP, key=RESEARCH, bundle=LOOKUP)
    assert decode(bundle).seed == LOOKUP.seed


def test_unknown_members_are_refused_before_anything_else() -> None:
    with pytest.raises(WritError) as refused:
        delegate("writ_!", {**HOP, "consent": CFO.public}, key=LOOKUP)
    assert refused.value.code == "mint.input"
