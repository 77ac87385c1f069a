"""The decision by logic alone (§9.1 to §9.3): a pure function of a chain and a request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from . import caveats, json_text
from .caveats import delegation
from .caveats.facts import SKEW, Facts, Handler
from .decision import Decided, Decision, Denial, Grantor, Hand
from .errors import WritError
from .names import fits, is_action, is_name
from .scope.pattern import is_resource
from .token import Invocation
from .verify import Chain


@dataclass(frozen=True, slots=True)
class Request:
    """What a service is about to do. Without action and resource, nothing is compared."""

    action: str | None = None
    resource: str | None = None
    #: The arguments as a JSON object, or else the raw body that they are parsed from.
    args: Mapping[str, object] | None = None
    body: bytes | None = field(default=None, repr=False)


def decide(
    chain: Chain,
    request: Request,
    *,
    audience: str,
    now: int,
    context: Mapping[str, object] | None = None,
    handlers: Mapping[str, Handler] | None = None,
) -> Decision:
    """Decide a request for the service of this name. What it observed is the context."""
    args = json_text.request_arguments(request.args, request.body)
    _require_names(request, audience)
    observed = json_text.observations({} if context is None else context)
    decided: Decided | None = None
    denials: list[Denial] = []
    if chain.invocation is None:
        denials.append(Denial("invocation.missing", None, "invocation"))
    else:
        action = request.action or chain.invocation.action
        resource = request.resource or chain.invocation.resource
        decided = Decided(action, resource, args, request.body)
        facts = Facts(now, audience, action, resource, args, observed, handlers or {})
        denials.extend(_check_invocation(chain.invocation, facts, request.body))
        denials.extend(check_blocks(chain, facts))
    return Decision(
        denials=tuple(denials),
        not_established=("replay",) if request.action else ("request", "replay"),
        suite=chain.suite,
        now=now,
        audience=audience,
        grantor=Grantor(
            chain.grantor,
            "own-key" if chain.anchor.kind == "human" else "attested",
            chain.anchor.principal,
        ),
        mission=chain.mission,
        chain=tuple(
            Hand(block.id, block.delegate, block.key, block.task) for block in chain.blocks
        ),
        request=decided,
    )


def _require_names(request: Request, audience: str) -> None:
    if not fits(is_name, audience):
        raise WritError("request.malformed", "the audience is no name")
    if request.action is None and request.resource is None:
        return
    if not fits(is_action, request.action) or not fits(is_resource, request.resource):
        raise WritError("request.malformed", "action and resource are expected")


def _check_invocation(invocation: Invocation, facts: Facts, body: bytes | None) -> Iterator[Denial]:
    """What the invocation was sealed for (§9.2)."""

    def denial(code: str, expected: object, actual: object) -> Denial:
        return Denial(f"invocation.{code}", None, "invocation", expected, actual)

    if not facts.now < invocation.exp:
        yield denial("expired", invocation.exp, facts.now)
    if not invocation.iat <= facts.now + SKEW:
        yield denial("early", invocation.iat, facts.now)
    if invocation.audience != facts.audience:
        yield denial("audience", invocation.audience, facts.audience)
    if invocation.action != facts.action:
        yield denial("action", invocation.action, facts.action)
    if invocation.resource != facts.resource:
        yield denial("resource", invocation.resource, facts.resource)
    if not _has_arguments(invocation, facts, body):
        yield denial("arguments", None, None)


def _has_arguments(invocation: Invocation, facts: Facts, body: bytes | None) -> bool:
    digest = invocation.arguments
    if digest is None or not facts.args:
        return digest is None and not facts.args
    if digest.mode == 1:
        return digest.sha256 == json_text.digest(dict(facts.args))
    return body is not None and digest.sha256 == hashlib.sha256(body).digest()


def check_blocks(chain: Chain, facts: Facts) -> Iterator[Denial]:
    """Every caveat of every block (§9.3); nothing ends the search."""
    iat = chain.blocks[0].iat
    if iat is not None and not iat <= facts.now + SKEW:
        yield Denial("iat.early", 0, "iat", iat, facts.now)
    blocks = [(chain.place(index), in_force(chain, index)) for index in range(len(chain.blocks))]
    for state in (False, True):
        for place, found in blocks:
            for name, value in found.items():
                if (name in caveats.STATE) is state:
                    yield from caveats.check(name, value, facts, place)


def in_force(chain: Chain, index: int) -> caveats.Caveats:
    """The caveats of a block, with what the root and its anchor say where they are silent."""
    found = chain.blocks[index].caveats
    if index > 0:
        return found
    depth = found.delegation or delegation.NONE
    return replace(found, delegation=depth, alive=chain.alive_entries(0) or None)
