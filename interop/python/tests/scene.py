"""A chain to test with: a CFO grants to a research agent, which reads reports."""

from __future__ import annotations

from typing import Any

from writ import SigningKey, Trust, grant, import_trust, invoke

NOW = 1_800_000_000
END = NOW + 7200
AUDIENCE = "https://files.acme.example"
SUBJECT = "mailto:cfo@acme.example#q3-report"

CFO = SigningKey(bytes([1]) * 32)
RESEARCH = SigningKey(bytes([2]) * 32)
AUTHORITY = SigningKey(bytes([3]) * 32)
APPROVER = SigningKey(bytes([4]) * 32)
LOG = SigningKey(bytes([5]) * 32)


def trust() -> Trust:
    """The CFO's key, and no other."""
    human = {"principal": "mailto:cfo@acme.example", "kind": "human"}
    return import_trust({"keys": [{**CFO.public.to_jwk(), "writ": human}]})


def granted(**claims: Any) -> str:
    """A grant with these caveats, open."""
    return grant(
        CFO,
        {
            "grantor": "mailto:cfo@acme.example",
            "delegate": "agent:acme/research",
            "to": RESEARCH.public,
            "mission": {"id": "q3-report", "purpose": "Prepare the Q3 report"},
            "aud": [AUDIENCE],
            "exp": END,
            "scope": [{"actions": ["read"], "resources": ["reports/**"]}],
            **claims,
        },
        now=NOW,
        cti=bytes(16),
    )


def sealed(token: str, resource: str = "reports/q3.pdf", **options: Any) -> str:
    """The token with an invocation to read a report."""
    asked = {"action": "read", "resource": resource, "audience": AUDIENCE, "now": NOW}
    return invoke(token, key=RESEARCH, **{**asked, **options})
