"""The store in memory: time, forgetting, room, and one charge at a time (§9.6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest
from test_evidence import refused

from writ.caveats.limits import Limit
from writ.store import Branch, Count, Keep, MemoryStore, Reserve, Spend, UseNonce
from writ.store.operations import Said

BLOCK, BELOW = bytes([1]) * 32, bytes([2]) * 32
SERVICE = "https://files.acme.example"
END = 1000


def nonce(number: int, until: int = END) -> UseNonce:
    return UseNonce(BLOCK, bytes([number]), until)


def spend(cost: int, amount: int = 10, window: int | None = None, reserved: bool = False) -> Spend:
    return Spend(BLOCK, SERVICE, Limit("eur-cent", amount, window), cost, reserved, END)


def said(time: int, what: str, final: bool = False, until: int = END) -> Keep:
    return Keep(("status", "key", "subject"), Said(time, what, final, until))


def test_a_nonce_counts_until_the_skew_is_past() -> None:
    store = MemoryStore()
    assert not store.charge(0, (), [nonce(1, until=60)]).refused
    assert store.charge(89, (), [nonce(1, until=60)]).refused
    assert not store.charge(90, (), [nonce(1, until=60)]).refused


def test_a_clock_that_is_behind() -> None:
    store = MemoryStore()
    store.charge(100, ())
    assert not store.charge(70, (), [nonce(1)]).refused
    with refused("store.clock"):
        store.charge(69, (), [nonce(2)])


def test_a_denied_charge_changes_nothing_that_counts() -> None:
    store = MemoryStore()
    answer = store.charge(0, [said(5, "active")], [nonce(1), spend(11)])
    assert answer.found == (None, {"used": 0, "cost": 11})
    assert not store.charge(1, (), [nonce(1), spend(10)]).refused
    # What was said is kept all the same.
    assert store.charge(2, [said(4, "active")]).kept[0].refused


def test_a_full_store_keeps_what_counts() -> None:
    store = MemoryStore(capacity=2)
    store.charge(0, (), [nonce(1, until=60), nonce(2)])
    with refused("store.full"):
        store.charge(1, (), [nonce(3)])
    assert store.charge(2, (), [nonce(1, until=60)]).refused
    assert not store.charge(90, (), [nonce(3)]).refused


def test_a_window_slides() -> None:
    store = MemoryStore()
    store.charge(0, (), [spend(6, window=10)])
    store.charge(4, (), [spend(4, window=10)])
    assert store.charge(9, (), [spend(1, window=10)]).found == (
        {"used": 10, "cost": 1, "frees": 10},
    )
    assert not store.charge(10, (), [spend(6, window=10)]).refused
    assert store.usage(14, [spend(0, window=10)]) == [{"used": 6}]


def test_what_is_settled_is_given_back_once() -> None:
    store = MemoryStore()
    reserve = Reserve("id", 300, {"eur-cent": 8})
    store.charge(0, (), [spend(8, reserved=True)], reserve)
    for costs in ({}, {"eur-cent": 9}, {"eur-cent": -1}, {"eur-cent": True}, {"call": 0}):
        with refused("cost.malformed"):
            store.settle(1, "id", costs)
    store.settle(299, "id", {"eur-cent": 3})
    assert store.usage(299, [spend(0)]) == [{"used": 3}]
    with refused("reservation.unknown"):
        store.settle(299, "id", {"eur-cent": 3})


def test_a_reservation_that_is_past_counts_in_full() -> None:
    store = MemoryStore()
    store.charge(0, (), [spend(8, reserved=True)], Reserve("id", 300, {"eur-cent": 8}))
    with refused("reservation.unknown"):
        store.settle(300, "id", {"eur-cent": 3})
    assert store.usage(300, [spend(0)]) == [{"used": 8}]


def test_a_branch_is_lifted() -> None:
    store = MemoryStore()
    branch = Branch(BLOCK, BELOW, SERVICE, 1, END)
    store.charge(0, (), [Count(bytes(32), 60, (branch,))])
    assert store.charge(1, (), [branch]).found == ({"used": 1},)
    store.lift(BELOW)
    assert not store.charge(2, (), [branch]).refused
    # The invocation was counted before.
    store.charge(3, (), [Count(bytes(32), 60, (branch,))])
    assert not store.charge(4, (), [branch]).refused


def test_two_that_contradict_each_other_hold_neither() -> None:
    store = MemoryStore()
    assert not store.charge(0, [said(5, "active")]).refused
    assert store.charge(1, [said(5, "suspended")]).refused
    assert store.charge(2, [said(5, "active")]).refused
    assert not store.charge(3, [said(6, "active")]).refused


def test_an_end_stays_as_long_as_it_was_asked_for() -> None:
    store = MemoryStore()
    store.charge(0, [said(5, "active", until=200)])
    store.charge(1, [said(4, "revoked", final=True, until=100)])
    assert store.charge(229, [said(7, "active", until=210)]).refused
    assert store.charge(239, [said(8, "active", until=210)]).refused
    assert not store.charge(240, [said(9, "active", until=250)]).refused


def test_a_budget_is_exact_among_threads() -> None:
    store = MemoryStore()

    def charge(_: Any) -> bool:
        return store.charge(0, (), [spend(1, amount=50)]).refused

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(charge, range(80))) == 30


@pytest.mark.parametrize("cost", [0, 5])
def test_a_counter_of_calls_does_not_grow(cost: int) -> None:
    store = MemoryStore(capacity=1)
    for _ in range(5):
        store.charge(0, (), [spend(cost, amount=100)])
    assert store.usage(0, [spend(0, amount=100)]) == [{"used": 5 * cost}]


def test_budgets_are_those_of_a_plain_sum() -> None:
    """Random charges and settlements, against all that was ever charged."""
    random = Random(15)
    for _ in range(30):
        window = random.choice([None, 1, 7, 20])
        store, uses, time, latest = MemoryStore(), [], 0, 0
        reserved: list[tuple[str, list[int]]] = []
        for number in range(60):
            time = max(0, time + random.randint(-3, 6))
            latest = max(latest, time)
            cost, later = random.randint(0, 6), random.random() < 0.3
            used = sum(use[1] for use in uses if window is None or use[0] > latest - window)
            reserve = Reserve(str(number), 500, {"eur-cent": cost}) if later else None
            charge = spend(cost, 20, window, reserved=later)
            assert store.charge(time, (), [charge], reserve).refused == (
                cost > 0 and used + cost > 20
            )
            if cost == 0 or used + cost <= 20:
                uses.append([latest, cost])
                if later:
                    reserved.append((str(number), uses[-1]))
            if reserved and random.random() < 0.3:
                name, use = reserved.pop(random.randrange(len(reserved)))
                use[1] = random.randint(0, use[1])
                store.settle(time, name, {"eur-cent": use[1]})
