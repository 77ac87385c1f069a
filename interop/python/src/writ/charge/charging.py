"""What one request asks of a store, and what its answer does to the decision (§9.6, §9.7.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..caveats.limits import CALL, DENIAL, Limit
from ..caveats.plan import Step as PlanStep
from ..costs import AtMost
from ..decision import Decided, Denial
from ..expect import MAX_TIME
from ..store import Branch, Count, Keep, Spend, Step, TakeStep, UseNonce
from ..store.operations import Operation, Said
from ..token import Invocation
from ..verify import Chain
from ..weigh.outcome import Said as Statement

#: The denials of requests outside of what is granted, and the caveats that speak for others.
_OUTSIDE = {"scope.action", "scope.resource", "scope.arguments", "plan.step", "plan.early"}
_NOT_ITS_HOLDER = {"invocation", "aud", "exp", "nbf", "iat"}


@dataclass(frozen=True, slots=True)
class Charging:
    """The chain and the request of one charge, which a store counts for one audience."""

    chain: Chain
    invocation: Invocation
    request: Decided
    audience: str

    def end(self, index: int) -> int:
        """The end of a block: past it, every chain through the block is denied."""
        ends = (block.caveats.exp for block in self.chain.blocks[: index + 1])
        return min(end for end in ends if end is not None)

    def below(self, index: int) -> bytes:
        """The id of the block below one in the chain; where the chain ends there, its own."""
        blocks = self.chain.blocks
        return blocks[min(index + 1, len(blocks) - 1)].id

    def nonce(self, approved: bool) -> UseNonce:
        """The nonce; with an approval, as long as another approval could be used with it."""
        until = self.invocation.exp
        last = len(self.chain.blocks) - 1
        if approved:
            until = max(until, self.end(last))
        return UseNonce(self.chain.blocks[last].id, self.invocation.nonce, until)

    def counters(self, costs: Mapping[str, int | AtMost]) -> Iterator[tuple[int, Operation]]:
        """The entries of limits in wire order and then the plan, for each block from the root."""
        for index, block in enumerate(self.chain.blocks):
            for limit in block.caveats.limits or ():
                yield index, self._limit(index, limit, costs)
            if block.caveats.plan is not None:
                yield index, self._plan(index, block.caveats.plan)

    def _limit(self, index: int, limit: Limit, costs: Mapping[str, int | AtMost]) -> Operation:
        if limit.unit == DENIAL:
            return self._branch(index, limit)
        cost = 1 if limit.unit == CALL else costs.get(limit.unit, 0)
        reserved = isinstance(cost, AtMost)
        amount = cost.cost if isinstance(cost, AtMost) else cost
        block = self.chain.blocks[index].id
        return Spend(block, self.audience, limit, amount, reserved, self.end(index))

    def _branch(self, index: int, limit: Limit) -> Branch:
        block = self.chain.blocks[index].id
        return Branch(block, self.below(index), self.audience, limit.amount, self.end(index))

    def _plan(self, index: int, plan: Sequence[PlanStep]) -> TakeStep:
        request = self.request
        steps = tuple(
            Step(
                item.min,
                item.max,
                item.permission.admits(request.action, request.resource, request.args),
            )
            for item in plan
        )
        return TakeStep(self.chain.blocks[index].id, self.audience, self.end(index), steps)

    def count(self, denials: Sequence[Denial]) -> Count | None:
        """The request in the branches that are watched, where it is outside of what is granted."""
        if not any(denial.code in _OUTSIDE for denial in denials):
            return None
        if any(denial.caveat in _NOT_ITS_HOLDER for denial in denials):
            return None
        branches = tuple(
            self._branch(index, limit)
            for index, block in enumerate(self.chain.blocks)
            for limit in block.caveats.limits or ()
            if limit.unit == DENIAL
        )
        if not branches:
            return None
        return Count(self.invocation.id, self.invocation.exp, branches)

    def keep_status(self, said: Statement) -> Keep:
        """What a statement that counts says, as long as a status of before could pass."""
        until = min(said.issued + said.within, MAX_TIME)
        if said.asked.block:
            until = min(until, self.end(0))
        state = said.entry.state
        what = (state, tuple(sorted(said.entry.revoked.items())))
        key = ("status", said.key, said.subject)
        return Keep(key, Said(said.issued, what, state.is_end, until))

    def keep_answer(self, yes: bool) -> Keep:
        """The yes or no of the approvers to the nonce."""
        last = len(self.chain.blocks) - 1
        key = ("answer", self.chain.blocks[last].id, self.invocation.nonce)
        return Keep(key, Said(0 if yes else 1, yes, not yes, self.end(last)))
