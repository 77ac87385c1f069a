"""Time, case by case."""

import gc
import random
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter_ns

from peer import Peer, Sent, chain_of
from scenario import LENGTHS, REQUEST

_BATCH = 20_000_000
_WARM_UP = 60_000_000


@dataclass(frozen=True)
class Spread:
    """The middle of what was measured, and the quarters around it."""

    median: float
    p25: float
    p75: float


@dataclass(frozen=True)
class Case:
    """One thing that is timed."""

    peer: str
    what: str
    # Makes what is timed, outside of the time; a result of `False` is a defect of the run.
    prepare: Callable[[], Callable[[], object]]


def cases_of(peer: Peer[Sent]) -> list[Case]:
    """What is timed of a peer: mint, attenuate to 4 blocks, and text to decision."""
    party = peer.party
    chain = chain_of(party, max(LENGTHS), named=True)

    def cold(held: str) -> Callable[[], Callable[[], object]]:
        def prepare() -> Callable[[], object]:
            # A proof of possession is good for a short time only.
            sent = party.seal(held, REQUEST)
            return lambda: party.authorize(sent, REQUEST)

        return prepare

    return [
        Case(peer.name, "mint", lambda: lambda: party.mint(True)),
        Case(peer.name, "attenuate", lambda: lambda: party.attenuate(chain[2], 3, True)),
        *(Case(peer.name, f"cold{blocks}", cold(chain[blocks - 1])) for blocks in LENGTHS),
    ]


def interleave(
    cases: Iterable[Case], rounds: int, tell: Callable[[str], None]
) -> dict[Case, Spread]:
    """Times all cases in nanoseconds: each round takes every case once, in random order."""
    batches = {case: _calibrate(case) for case in cases}
    tell(f"warmed up {len(batches)} cases")
    samples: dict[Case, list[float]] = {case: [] for case in batches}
    for round_ in range(1, rounds + 1):
        for case in random.sample(list(batches), len(batches)):
            samples[case].append(_time(case, batches[case]) / batches[case])
        tell(f"round {round_} of {rounds}")
    return {case: spread_of(figures) for case, figures in samples.items()}


def spread_of(figures: list[float]) -> Spread:
    """Says the middle and the quarters of two figures or more."""
    p25, median, p75 = statistics.quantiles(figures, n=4, method="inclusive")
    return Spread(median, p25, p75)


def _calibrate(case: Case) -> int:
    """How many runs take as long as a batch should."""
    count, spent = 1, 0
    while True:
        took = _time(case, count)
        spent += took
        fitting = max(1, round(count * _BATCH / took))
        if spent >= _WARM_UP:
            return fitting
        count = min(fitting, 4 * count)


def _time(case: Case, count: int) -> int:
    """Nanoseconds that a batch takes."""
    run = case.prepare()
    failed = 0
    gc.collect()
    gc.disable()
    begun = perf_counter_ns()
    for _ in range(count):
        if run() is False:
            failed += 1
    took = perf_counter_ns() - begun
    gc.enable()
    if failed:
        raise RuntimeError(f"{case.peer}: {case.what}: {failed} of {count} runs failed")
    return took
