"""The effective authority (§9.5): the table of the specification, and invariant 2c."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

import random_chain as some
from random_chain import NOW

from writ.caveats import MODULES
from writ.caveats.facts import Facts, Place
from writ.decide import check_blocks
from writ.decision import Denial
from writ.decoding import decode
from writ.effective import Broken, Effective, effective_authority
from writ.mint import delegate, grant


def _judge(denials: Iterable[Denial]) -> str:
    found = list(denials)
    if not found:
        return "passes"
    return "needs" if all(denial.need for denial in found) else "denied"


def _judge_effective(effective: Effective, facts: Facts) -> str:
    if effective.broken:
        return "denied"
    return _judge(
        denial
        for name, values in effective.conditions.items()
        for found in values
        for denial in MODULES[name].check(
            found.value, facts, Place(0, effective.subject, frozenset(found.audiences or ()))
        )
    )


def test_the_summary_is_honest() -> None:
    random = Random(7)
    seen = set()
    for _ in range(100):
        chain = some.chain(random)
        effective = effective_authority(chain)[-1]
        for facts in (some.facts(random) for _ in range(12)):
            expected = _judge(check_blocks(chain, facts))
            assert _judge_effective(effective, facts) == expected, (chain.token.text, facts)
            seen.add(expected)
    assert seen == {"needs", "denied"}


def test_without_its_anchor_a_chain_may_pass() -> None:
    random = Random(8)
    passed = 0
    for _ in range(100):
        chain = some.chain(random)
        effective = effective_authority(chain.token)[-1]
        for facts in (some.facts(random) for _ in range(12)):
            denials = [d for d in check_blocks(chain, facts) if d.entry != chain.anchor.alive]
            assert _judge_effective(effective, facts) == _judge(denials)
            passed += not denials
    assert passed


def test_the_table_of_the_specification() -> None:
    claims = {
        "grantor": "mailto:root@acme.example",
        "delegate": "agent:acme/research",
        "to": some.JWKS[0],
        "mission": {"id": "q3-report", "purpose": "Prepare the Q3 report"},
        "exp": NOW + 7200,
        "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
        "delegation": {"depth": 4},
    }
    hop = {"delegate": "agent:acme/lookup", "to": some.JWKS[1], "exp": NOW + 3600}
    further = {
        "delegate": "agent:acme/more",
        "to": some.JWKS[2],
        "scope": [{"actions": ["list", "read"], "resources": ["*/q3/**"]}],
    }
    text = delegate(grant(some.ROOT, claims, now=NOW), hop, key=some.KEYS[0])
    text = delegate(text, further, key=some.KEYS[1], allow_wider=True)
    root, after_hop, last = (found.to_json() for found in effective_authority(decode(text)))
    reports = {"actions": ["read"], "resources": ["reports/**"]}
    assert root["conditions"] == {
        "exp": [{"value": NOW + 7200, "blocks": [0]}],
        "nbf": [{"value": NOW, "blocks": [0]}],
        "scope": [{"value": [reports], "blocks": [0]}],
        "delegation": [{"value": {"depth": 4}, "blocks": [0]}],
    }
    assert after_hop["conditions"] == {
        **root["conditions"],
        "exp": [{"value": NOW + 3600, "blocks": [1]}],
        "delegation": [{"value": {"depth": 3}, "blocks": [0]}],
    }
    met = [{"actions": ["read"], "resources": ["reports/q3/**"]}]
    assert last["conditions"] == {
        **after_hop["conditions"],
        "scope": [{"value": met, "blocks": [0, 2]}],
        "delegation": [{"value": {"depth": 2}, "blocks": [0]}],
    }
    assert last["broken"] == []
    assert last["subject"] == "mailto:root@acme.example#q3-report"


def test_what_is_broken_is_told() -> None:
    claims = {
        "grantor": "mailto:root@acme.example",
        "delegate": "agent:acme/a",
        "to": some.JWKS[0],
        "mission": {"id": "m", "purpose": "p"},
        "exp": NOW + 100,
        "scope": [{"actions": ["read"], "resources": ["**"]}],
    }
    hop = {"delegate": "agent:acme/b", "to": some.JWKS[1]}
    text = delegate(grant(some.ROOT, claims, now=NOW), hop, key=some.KEYS[0], allow_wider=True)
    _, after = effective_authority(decode(text))
    assert after.broken == (Broken("delegation.depth", 0),)
    assert after.to_json()["conditions"]["delegation"] == [{"value": {"depth": -1}, "blocks": [0]}]
