"""Mutants: objects of a rule that miss a member, have one of another type, or one too many, are not of the rule."""

import copy
import json
import unittest

import cbor2

from grammar import Grammar
from vectors import files, log_lines, pieces, presentations, split

GRANT = [1, 2, 4, 6, 7, 9, 10]
INVOCATION = [1, 2, 3, 4, 6, 7]
DECISION = "verdict code denials needs notEstablished suite now audience grantor mission chain request".split()


def unwrapped(item):
    """A structure in which every payload is a map instead of its bytes."""
    if not isinstance(item, list):
        return item
    if len(item) in (3, 4) and item[1] == {}:
        return [*item[:2], cbor2.loads(item[2]), *item[3:]]
    return [unwrapped(element) for element in item]


def encoded(item):
    """The bytes of such a structure."""
    return cbor2.dumps(_wrapped(item), canonical=True)


def _wrapped(item):
    if not isinstance(item, list):
        return item
    if len(item) in (3, 4) and item[1] == {} and isinstance(item[2], dict):
        return [*item[:2], cbor2.dumps(item[2], canonical=True), *item[3:]]
    return [_wrapped(element) for element in item]


def as_it_is(item):
    """JSON, which the tool takes as it was parsed."""
    return item


def token(suite):
    """A sealed token of the vectors with a hop."""
    decoded = (unwrapped(cbor2.loads(split(each.text)[0])) for each in presentations() if each.code is None)
    return next(each for each in decoded if each[0] == suite and len(each[1]) > 1 and isinstance(each[-1], list))


def evidence(kind):
    """A piece of evidence of the vectors."""
    decoded = (unwrapped(cbor2.loads(piece)) for each in presentations() if each.code is None for piece in pieces(each))
    return next(each for each in decoded if each[0] == kind)


def receipt():
    """A receipt of the vectors."""
    tests = next(content["tests"] for content in files() if content["type"] == "receipts")
    return unwrapped(cbor2.loads(log_lines(next(test["log"] for test in tests if test["log"]))[0]))


def setting():
    """A file of the vectors with decisions."""
    return next(content for content in files() if content["type"] == "decision")


class Mutants(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.grammar = Grammar()

    def refused(self, rule, good, alter, write=encoded):
        """`good` is of the rule, and what `alter` makes of it is not."""
        self.assertIsNone(self.grammar.refusal(rule, write(good)))
        mutant = copy.deepcopy(good)
        alter(mutant)
        self.assertIsNotNone(self.grammar.refusal(rule, write(mutant)))

    def members(self, rule, good, required, at, extra=99, write=encoded):
        """`at` finds the map in the object."""
        for name in required:
            with self.subTest(rule=rule, missing=name):
                self.refused(rule, good, lambda whole, name=name: at(whole).pop(name), write)
            with self.subTest(rule=rule, retyped=name):
                self.refused(rule, good, lambda whole, name=name: at(whole).update({name: [[[]]]}), write)
        with self.subTest(rule=rule, extra=extra):
            self.refused(rule, good, lambda whole: at(whole).update({extra: 1}), write)

    def elements(self, rule, good, at=lambda whole: whole):
        """`at` finds the array in the object."""
        for place in range(len(at(good))):
            with self.subTest(rule=rule, retyped=place):
                self.refused(rule, good, lambda whole, place=place: at(whole).__setitem__(place, "none of this"))
        with self.subTest(rule=rule, missing="the last element"):
            self.refused(rule, good, lambda whole: at(whole).pop())
        with self.subTest(rule=rule, extra="an element"):
            self.refused(rule, good, lambda whole: at(whole).append(b""))

    def test_a_token_of_suite_2(self):
        good = token(2)
        self.members("writ", good, [*GRANT, 8], lambda whole: whole[1][0][2])
        self.members("writ", good, [2, 8], lambda whole: whole[1][1][2])
        self.members("writ", good, INVOCATION, lambda whole: whole[2][2])
        self.elements("writ", good, lambda whole: whole[1][0])
        self.elements("writ", good, lambda whole: whole[1][1])
        self.elements("writ", good, lambda whole: whole[2])

    def test_a_token_of_suite_1(self):
        good = token(1)
        self.members("writ", good, [*GRANT, 3], lambda whole: whole[1][0][2], extra=8)
        self.members("writ", good, [2], lambda whole: whole[1][1][2], extra=8)
        self.members("writ", good, INVOCATION, lambda whole: whole[2][2])
        self.elements("writ", good)

    def test_evidence(self):
        for kind, required in ((1, [4, 6, 8]), (2, [*INVOCATION, 10]), (3, [6])):
            self.members("evidence", evidence(kind), required, lambda whole: whole[1][2])
            self.elements("evidence", evidence(kind))
            self.elements("evidence", evidence(kind), lambda whole: whole[1])

    def test_signed_bytes(self):
        for made in next(each.made for each in presentations() if each.code is None and each.made):
            self.elements("signed-bytes", cbor2.loads(made[0]))

    def test_a_receipt(self):
        self.members("receipt", receipt(), [1, 3, 4, 6], lambda whole: whole[2])
        self.elements("receipt", receipt())

    def test_a_summary(self):
        summary = json.loads(receipt()[2][4])
        self.members("summary", summary, DECISION, lambda whole: whole, "other", as_it_is)

    def test_a_decision(self):
        good = next(request["decision"] for test in setting()["tests"] for request in test["requests"])
        self.members("decision", good, DECISION, lambda whole: whole, "other", as_it_is)

    def test_a_trust_file(self):
        good = setting()["trust"]
        self.members("trust-file", good, ["keys"], lambda whole: whole, 1, as_it_is)
        self.members("trust-file", good, ["kty", "crv", "x", "writ"], lambda whole: whole["keys"][0], 1, as_it_is)
        self.members("trust-file", good, ["principal", "kind"], lambda whole: whole["keys"][0]["writ"], "other", as_it_is)


if __name__ == "__main__":
    unittest.main()
