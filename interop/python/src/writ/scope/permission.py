"""Permissions: actions on resources, with rules for the arguments (§5.6.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .. import expect
from ..cbor import Encodable, Value
from ..errors import WritError
from ..forms import as_set, members
from ..names import is_action
from .pattern import admits, is_pattern
from .predicate import Predicate, predicate_to_json
from .predicate_form import parse_predicate, predicate_from_json

ANY: Final = "*"
_ARGUMENT: Final = re.compile(r"[!->@-~][!-~]{0,254}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What one argument must be; without a predicate, anything."""

    predicate: Predicate | None
    optional: bool

    def admits(self, value: object) -> bool:
        """Whether the rule admits an argument that is there."""
        return self.predicate is None or self.predicate.admits(value)


@dataclass(frozen=True, slots=True)
class Rules:
    """A closed world of arguments, but for those that `rest` lets in."""

    listed: Mapping[str, Rule]
    rest: bool

    def admits(self, arguments: Mapping[str, object]) -> bool:
        """Whether all arguments are listed and as their rules say, and none is missing."""
        for name, value in arguments.items():
            rule = self.rule(name)
            if rule is None or not rule.admits(value):
                return False
        return all(rule.optional or name in arguments for name, rule in self.listed.items())

    def rule(self, name: str) -> Rule | None:
        """The rule for an argument: listed, or whatever `*` covers; None where it denies."""
        return self.listed.get(name, _COVERED if self.rest else None)

    def spelled(self) -> dict[str, Predicate | None]:
        """The rules by the names that they have in a token."""
        found = {("?" if rule.optional else "") + name: rule for name, rule in self.listed.items()}
        spelled = {name: rule.predicate for name, rule in found.items()}
        return {**spelled, ANY: None} if self.rest else spelled


_COVERED: Final = Rule(None, optional=True)


@dataclass(frozen=True, slots=True)
class Permission:
    """Any of the actions on any of the resources, with arguments that the rules admit."""

    actions: tuple[str, ...]
    patterns: tuple[str, ...]
    rules: Rules | None = None

    def names(self, action: str) -> bool:
        """Whether the action is among those of this permission."""
        return action in self.actions or ANY in self.actions

    def covers(self, resource: str) -> bool:
        """Whether a pattern admits the resource."""
        return any(admits(pattern, resource) for pattern in self.patterns)

    def admits(self, action: str, resource: str, arguments: Mapping[str, object]) -> bool:
        """Whether the permission admits a request."""
        return self.names(action) and self.covers(resource) and self.admits_arguments(arguments)

    def admits_arguments(self, arguments: Mapping[str, object]) -> bool:
        """Whether the rules, where there are any, admit the arguments."""
        return self.rules is None or self.rules.admits(arguments)

    def wire(self) -> list[Encodable]:
        """The form in a token."""
        parts: list[Encodable] = [list(self.actions), list(self.patterns)]
        if self.rules is not None:
            spelled = self.rules.spelled()
            parts.append({name: found.wire() if found else True for name, found in spelled.items()})
        return parts

    def to_json(self) -> dict[str, Any]:
        """The form for people and interfaces."""
        form: dict[str, Any] = {
            "actions": list(self.actions),
            "resources": list(self.patterns),
        }
        if self.rules is not None:
            spelled = self.rules.spelled()
            form["args"] = {
                name: predicate_to_json(found) if found else True for name, found in spelled.items()
            }
        return form


def parse_permission(value: Value) -> Permission:
    """Read a permission from a token."""
    parts = expect.array(value, 2, 3)
    actions = _texts(parts[0])
    for action in actions:
        if action != ANY:
            expect.matching(action, is_action)
    expect.ascending(actions)
    patterns = _texts(parts[1])
    for pattern in patterns:
        expect.matching(pattern, is_pattern)
    expect.ascending(patterns)
    rules = _rules(parts[2]) if len(parts) == 3 else None
    return Permission(tuple(actions), tuple(patterns), rules)


def _texts(value: Value) -> list[str]:
    return [expect.text(item) for item in expect.array(value, 1)]


def _rules(value: Value) -> Rules:
    entries = expect.mapping(value)
    expect.degenerate(len(entries) == 1 and entries.get(ANY) is True)
    listed: dict[str, Rule] = {}
    for key, item in entries.items():
        name = expect.text(key).removeprefix("?")
        if key == ANY:
            if item is not True:
                raise WritError("claim.value", "a * admits whatever it covers")
            continue
        expect.matching(name, _is_argument)
        expect.degenerate(name in listed)
        listed[name] = Rule(None if item is True else parse_predicate(item), name != key)
    return Rules(listed, ANY in entries)


def _is_argument(text: str) -> bool:
    return text != ANY and _ARGUMENT.fullmatch(text) is not None


def permission_from_json(form: object) -> list[Encodable]:
    """The wire form of a permission in JSON. What it says is judged by who decodes it."""
    found = members(form, {"actions", "resources"}, {"args"})
    parts: list[Encodable] = [as_set(found["actions"]), as_set(found["resources"])]
    if "args" in found:
        rules = members(found["args"])
        parts.append({name: _rule_from_json(rule) for name, rule in rules.items()})
    return parts


def _rule_from_json(form: object) -> Encodable:
    return True if form is True else predicate_from_json(form)
