"""alive (§5.5.6): a fresh status says that the subject is active."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from .. import expect
from ..cbor import Encodable, Value
from ..decision import Denial
from ..forms import as_set, each, key_from_json, members
from ..keys import PublicKey, parse_key
from ..scope.atom import wire_order
from .facts import Facts, Place


@dataclass(frozen=True, slots=True)
class Alive:
    """A status by the key, at most so old; without a subject, about the default one."""

    key: PublicKey
    within: int
    subject: str | None = None


def parse(value: Value) -> tuple[Alive, ...]:
    """A set of entries, at least one."""
    items = expect.array(value, 1)
    entries = tuple(_entry(item) for item in items)
    expect.ascending(items)
    return entries


def _entry(value: Value) -> Alive:
    key, within, *subject = expect.array(value, 2, 3)
    return Alive(parse_key(key), expect.integer(within), *map(expect.text, subject))


def check(value: tuple[Alive, ...], _facts: Facts, place: Place) -> Iterator[Denial]:
    """By logic alone every entry denies, and needs a status."""
    for entry in value:
        yield Denial("alive.status", place.block, "alive", need=need(entry, place), entry=entry)


def need(entry: Alive, place: Place) -> dict[str, object]:
    """The status that an entry needs, the default subject filled in."""
    return {
        "kind": "status",
        "key": entry.key.to_jwk(),
        "within": entry.within,
        "subject": place.subject if entry.subject is None else entry.subject,
        "block": place.block,
    }


def contains(outer: tuple[Alive, ...], inner: tuple[Alive, ...]) -> bool:
    """For every outer entry there is an inner one that asks for no older a status."""
    return all(
        any(_alike(one, other) and one.within <= other.within for one in inner) for other in outer
    )


def _alike(one: Alive, other: Alive) -> bool:
    return one.key == other.key and one.subject == other.subject


def meet(left: tuple[Alive, ...], right: tuple[Alive, ...]) -> tuple[Alive, ...]:
    """The entries of both; of those that are alike, the strictest."""
    found: dict[tuple[PublicKey, str | None], Alive] = {}
    for entry in (*left, *right):
        before = found.setdefault((entry.key, entry.subject), entry)
        if entry.within < before.within:
            found[entry.key, entry.subject] = entry
    return in_order(found.values())


def in_order(entries: Iterable[Alive]) -> tuple[Alive, ...]:
    """Entries in the order of a set; the one of an anchor may repeat another."""
    return tuple(sorted(entries, key=lambda entry: wire_order(_wire(entry))))


def exceeds(outer: tuple[Alive, ...], inner: tuple[Alive, ...]) -> bool:
    """An inner entry admits an older status than an outer one that is alike."""
    return any(_alike(one, other) and one.within > other.within for one in inner for other in outer)


def _wire(entry: Alive) -> list[Encodable]:
    subject = [] if entry.subject is None else [entry.subject]
    return [entry.key.to_claim(), entry.within, *subject]


def to_json(value: tuple[Alive, ...]) -> list[Any]:
    """A list of entries."""
    return [_entry_to_json(entry) for entry in value]


def _entry_to_json(entry: Alive) -> dict[str, Any]:
    form = {"key": entry.key.to_jwk(), "within": entry.within}
    return form if entry.subject is None else {**form, "subject": entry.subject}


def from_json(form: object) -> list[Encodable]:
    """The claim, from a list of entries."""
    return as_set(each(form, _entry_from_json))


def _entry_from_json(form: object) -> list[Encodable]:
    found = members(form, {"key", "within"}, {"subject"})
    entry: list[Encodable] = [key_from_json(found["key"]), found["within"]]
    return [*entry, found["subject"]] if "subject" in found else entry
