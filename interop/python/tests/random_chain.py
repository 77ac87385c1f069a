"""Random chains with every caveat, over few names, so that blocks often agree and often clash."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import random_scope as some

from writ.caveats.facts import Facts
from writ.decoding import decode
from writ.keys import SigningKey
from writ.mint import delegate, grant
from writ.scope.predicate import predicate_to_json
from writ.trust import import_trust
from writ.verify import Chain, place, verify

NOW = 1_800_000_000
SERVICES = ["https://a.example", "https://b.example", "https://c.example"]
DELEGATES = ["agent:acme/a", "agent:acme/b", "agent:other/a"]
PATTERNS = ["agent:*", "agent:acme/*", *DELEGATES]
COUNTED = {"limits", "plan"}
UNITS = ["call", "eur-cent"]
ROOT = SigningKey(bytes(32))
KEYS = [SigningKey(bytes([index]) * 32) for index in range(1, 5)]
JWKS = [key.public.to_jwk() for key in KEYS]
AUTHORITY = SigningKey(bytes([9]) * 32)
TRUST = {
    "keys": [
        {
            **ROOT.public.to_jwk(),
            "writ": {
                "principal": "mailto:root@acme.example",
                "kind": "human",
                "alive": {"key": AUTHORITY.public.to_jwk(), "within": 60},
            },
        }
    ]
}


def _time(random: Random) -> int:
    return NOW + random.choice([-40, -30, -10, -10, 0, 0, 1, 20, 30, 31, 100])


def scope(random: Random) -> list[Any]:
    if random.random() < 0.6:
        return [{"actions": ["*"], "resources": ["**"]}, permission(random)]
    return [permission(random) for _ in range(random.randint(1, 2))]


def permission(random: Random) -> dict[str, Any]:
    return some.permission(random).to_json()


def _delegation(random: Random) -> dict[str, Any]:
    depth = random.randint(1, 4)
    lists = [PATTERNS, JWKS, [*PATTERNS, *JWKS]]
    if random.random() < 0.4:
        return {"depth": depth}
    return {"depth": depth, "to": random.sample(random.choice(lists), random.randint(1, 3))}


def _alive(random: Random) -> list[Any]:
    subject = random.choice([{}, {"subject": "s"}])
    return [{"key": random.choice(JWKS), "within": random.choice([0, 60, 300]), **subject}]


def _approval(random: Random) -> list[Any]:
    keys = random.sample(JWKS, random.randint(1, 3))
    unless = [permission(random) for _ in range(random.randint(0, 2))]
    need, within = random.randint(1, len(keys)), random.choice([60, 600])
    return [{"unless": unless, "keys": keys, "need": need, "within": within}]


def _context(random: Random) -> dict[str, Any]:
    names = random.sample(some.NAMES, random.randint(1, 2))
    return {name: predicate_to_json(some.predicate(random)) for name in names}


def _limits(random: Random) -> list[Any]:
    window = random.choice([{}, {"window": 60}, {"window": 600}])
    return [{"unit": random.choice(UNITS), "amount": random.randint(0, 5), **window}]


def _plan(random: Random) -> list[Any]:
    return [{"permission": permission(random), "min": 0, "max": 1}]


def _ext(random: Random) -> dict[str, Any]:
    return {random.choice(["e", "f"]): random.choice([1, True, "x", [1]])}


MAKERS: dict[str, Callable[[Random], Any]] = {
    "aud": lambda random: random.sample(SERVICES, random.randint(1, 3)),
    "exp": _time,
    "nbf": _time,
    "scope": scope,
    "delegation": _delegation,
    "alive": _alive,
    "approval": _approval,
    "context": _context,
    "limits": _limits,
    "plan": _plan,
    "ext": _ext,
}


def caveats(random: Random, most: int) -> dict[str, Any]:
    names = random.sample(sorted(MAKERS), random.randint(0, most))
    return {name: MAKERS[name](random) for name in names}


def text(random: Random) -> str:
    """An open token of one to four blocks."""
    key = random.choice(KEYS)
    mission = {"id": "m", "purpose": "p"}
    claims: dict[str, Any] = {
        "grantor": "mailto:root@acme.example",
        "delegate": random.choice(DELEGATES),
        "to": key.public.to_jwk(),
        "mission": mission,
        "exp": NOW + random.choice([0, 50, 100]),
        "scope": scope(random),
        **caveats(random, 3),
    }
    if COUNTED & claims.keys():
        claims["aud"] = SERVICES[:1]
    made = grant(ROOT, claims, now=_time(random), cti=bytes(16))
    for _ in range(random.randint(0, 3)):
        following = random.choice(KEYS)
        hop = {
            "delegate": random.choice(DELEGATES),
            "to": following.public.to_jwk(),
            **caveats(random, 3),
        }
        token = decode(made)
        if COUNTED & hop.keys() and len(place(token, len(token.blocks) - 1).audiences) != 1:
            hop = {name: value for name, value in hop.items() if name not in COUNTED}
        elif COUNTED & hop.keys():
            hop.pop("aud", None)
        made = delegate(made, hop, key=key, cti=bytes(8), allow_wider=True)
        key = following
    return made


def chain(random: Random) -> Chain:
    return verify(decode(text(random)), import_trust(TRUST), NOW)


def facts(random: Random) -> Facts:
    action, resource, args = some.request(random)
    context = {name: random.choice(some.values()) for name in some.NAMES if random.random() < 0.8}
    handlers = {"e": lambda value, _facts: value in (1, "x"), "f": lambda _value, _facts: True}
    return Facts(
        now=_time(random),
        audience=random.choice(SERVICES),
        action=action,
        resource=resource,
        args=args,
        context=context,
        handlers=handlers,
    )
