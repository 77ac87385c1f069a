"""A service's way from a presentation to a decision (§9)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from .caveats.facts import Handler
from .charge import Ask, Charging, CostsOf, Replay, without_store
from .decide import Request, decide
from .decision import Decided, Decision, Denial
from .decoding import decode
from .errors import WritError
from .evidence import Piece, decode_evidence
from .receipts.receipt import MAX_PIECE
from .store import Store
from .token import Token
from .trust import Trust
from .verify import Chain, verify
from .weigh import Weighing, require_authentic, weigh

#: Costs stay reserved for so many seconds.
RESERVE_FOR = 300


class Recorder(Protocol):
    """Keeps receipts (§9.8). What it cannot record it raises."""

    def record(self, token: Token, evidence: Sequence[bytes], decision: Decision) -> None: ...


def _clock() -> int:
    return int(time.time())


@dataclass(frozen=True, slots=True)
class Verifier:
    """What a service decides with: decode, verify, decide, weigh, charge, record."""

    #: The service's own name.
    audience: str
    trust: Trust = field(repr=False)
    #: What remembers and counts for all replicas of the service.
    store: Store | None = None
    #: Without a store, whether protection from replay is required or only reported.
    replay: Replay = "required"
    handlers: Mapping[str, Handler] = field(default_factory=dict)
    receipts: Recorder | None = None
    #: For how many seconds costs stay reserved.
    reserve_for: int = RESERVE_FOR
    clock: Callable[[], int] = _clock

    def authorize(
        self,
        text: str,
        request: Request,
        *,
        context: Mapping[str, object] | None = None,
        costs: CostsOf | None = None,
        statuses: str | Sequence[Piece] = (),
        now: int | None = None,
    ) -> Decision:
        """Decide a request that was presented with a token, and charge what is allowed.

        Compare the verdict of the decision. What is no decision at all is raised.
        """
        now = self.clock() if now is None else now
        token = decode(text)
        chain = verify(token, self.trust, now)
        loaded = decode_evidence(statuses) if isinstance(statuses, str) else tuple(statuses)
        decision = decide(
            chain,
            request,
            audience=self.audience,
            now=now,
            context=context,
            handlers=self.handlers,
        )
        at_hand = (*chain.evidence, *loaded)
        require_authentic(chain, at_hand)
        weighing = weigh(chain, self.trust, decision, at_hand)
        decision = self._charge(chain, weighing, costs)
        kept = [said.piece for said in weighing.said]
        shown = [piece for piece in loaded if any(piece is item for item in kept)]
        return self._record(token, shown, decision)

    def _charge(self, chain: Chain, weighing: Weighing, costs: CostsOf | None) -> Decision:
        """The decision that the store leaves, or that it leaves by not being there (§9.6)."""
        request = weighing.decision.request
        if chain.invocation is None or request is None:
            return weighing.decision
        if self.store is None:
            return without_store(weighing, self.replay)
        charging = Charging(chain, chain.invocation, request, self.audience)
        return Ask(self.store, charging, weighing, self.reserve_for).decide(costs)

    def _record(self, token: Token, shown: Sequence[Piece], decision: Decision) -> Decision:
        """What cannot be recorded is denied (§9.8)."""
        if self.receipts is None:
            return decision
        loaded = [piece.data for piece in shown if len(piece.data) <= MAX_PIECE]
        try:
            self.receipts.record(token, [*token.evidence, *loaded], decision)
        except Exception as error:  # Whatever the reason, nobody may be told of it otherwise.
            code = error.code if isinstance(error, WritError) else ""
            code = code if code.startswith("receipt.") else "receipt.failed"
            denials = (*decision.denials, Denial(code, None, "receipt"))
            return replace(decision, denials=denials)
        return decision

    def settle(
        self,
        reservation: Mapping[str, Any],
        costs: Mapping[str, object],
        *,
        now: int | None = None,
    ) -> None:
        """Say what reserved costs came to (§9.6.3); to release is to settle with 0."""
        if self.store is None:
            raise WritError("reservation.unknown")
        now = self.clock() if now is None else now
        self.store.settle(now, str(reservation["id"]), costs)

    def usage(self, text: str, *, now: int | None = None) -> list[dict[str, Any]]:
        """How all limits and plans of a sealed token stand, for each block that has some."""
        now = self.clock() if now is None else now
        chain = verify(decode(text), self.trust, now)
        invocation = chain.invocation
        if self.store is None or invocation is None:
            return []
        request = Decided(invocation.action, invocation.resource, {})
        counters = list(Charging(chain, invocation, request, self.audience).counters({}))
        standing = self.store.usage(now, [item for _, item in counters])
        blocks: dict[int, dict[str, Any]] = {}
        for (index, _), found in zip(counters, standing, strict=True):
            block = blocks.setdefault(index, {"block": index, "used": []})
            if "used" in found:
                block["used"].append(found["used"])
            else:
                block |= found
        return list(blocks.values())
