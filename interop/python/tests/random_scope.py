"""Random values of §5.6 over few names, so that two of them often have something in common."""

from __future__ import annotations

from random import Random
from typing import Any

from writ.forms import as_set
from writ.scope.permission import Permission, parse_permission
from writ.scope.predicate import Predicate
from writ.scope.predicate_form import parse_predicate

ATOMS = [-1, 0, 1, 2, 5, "", "a", "b", "ab", "x/a", "10.0.0.1", "h.example", True, False]
TEXTS = ["a", "b", "ab", "x/a", "x/b", "s://x/a", "10.0.0.1", "10.1.2.3", "::1"]
URLS = ["h.example", "https://h.example/a", "https://h.example:80", "https://H.example", "é"]
NETWORKS = ["10.0.0.0/8", "10.0.0.0/16", "10.0.0.1/32", "0.0.0.0/0", "::/0", "::1/128"]
SEGMENTS = ["a", "b", "x", "*"]
ACTIONS = ["read", "list", "pay", "*"]
NAMES = ["m", "n", "o"]


def values() -> list[Any]:
    """JSON values on both sides of what predicates distinguish."""
    lists: list[Any] = [[], [1], ["a", 1], [True], [1, 2, 5], [[]]]
    return [*ATOMS, *TEXTS, *URLS, *lists, 0.5, 1.0, 3, 9, -7, 12.5, None, {}, {"a": 1}]


def pattern(random: Random) -> str:
    segments = [random.choice(SEGMENTS) for _ in range(random.randint(1, 3))]
    if random.random() < 0.3:
        segments[-1] = "**"
    return ("s://" if random.random() < 0.2 else "") + "/".join(segments)


def resource(random: Random) -> str:
    segments = [random.choice(SEGMENTS[:3]) for _ in range(random.randint(1, 4))]
    return ("s://" if random.random() < 0.2 else "") + "/".join(segments)


def some(random: Random, items: list[Any], least: int, most: int) -> list[Any]:
    found: list[Any] = as_set(random.sample(items, random.randint(least, most)))
    return found


def simple(random: Random) -> list[Any]:
    match random.randint(1, 10):
        case 1:
            return [1, random.choice(ATOMS)]
        case 2:
            return [2, some(random, ATOMS, 2, 5)]
        case 3:
            return [3, some(random, ATOMS, 1, 4)]
        case 4:
            low, high = sorted(random.choices(range(-2, 8), k=2))
            return random.choice([[4, low, high], [4, low, False], [4, False, high]])
        case 5:
            return [5, pattern(random)]
        case 6:
            return [6, random.choice(["", "a", "b", "ab", "example"])]
        case 7:
            return [7, some(random, ATOMS, 0, 4)]
        case 8:
            return [8, random.randint(0, 3)]
        case 9:
            return [9, random.choice(NETWORKS)]
    return [10, some(random, ["h.example", "a", "b", "10.0.0.1"], 1, 3)]


def predicate(random: Random) -> Predicate:
    members = as_set([simple(random) for _ in range(random.choice([1, 1, 1, 2, 3]))])
    return parse_predicate(members[0] if len(members) == 1 else [11, members])


def permission(random: Random) -> Permission:
    parts: list[Any] = [
        some(random, ACTIONS, 1, 2),
        as_set([pattern(random) for _ in range(random.randint(1, 2))]),
    ]
    rules: dict[str, Any] = {}
    for name in random.sample(NAMES, random.randint(0, 2)):
        rule = True if random.random() < 0.3 else predicate(random).wire()
        rules[random.choice(["", "?"]) + name] = rule
    if random.random() < 0.3:
        rules["*"] = True
    if random.random() < 0.7 and list(rules) != ["*"]:
        parts.append(rules)
    return parse_permission(parts)


def scope(random: Random) -> tuple[Permission, ...]:
    return tuple(permission(random) for _ in range(random.randint(1, 3)))


def request(random: Random) -> tuple[str, str, dict[str, Any]]:
    args = {name: random.choice(values()) for name in random.sample(NAMES, random.randint(0, 2))}
    return random.choice(ACTIONS[:3]), resource(random), args
