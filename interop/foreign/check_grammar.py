"""Every object of the vectors against the grammar, and every malformed one against it."""

import json

import cbor2

from vectors import cases, files, log_lines, parts, pieces, presentations, split, stages

# What a step of a sequence tells of its decision, and the rule of one element.
TOLD = {"denials": "denial", "needs": "need", "relied": "relied", "alarms": "alarm"}


class Findings:
    """What was found: disagreements, and malformed objects by code that the grammar refuses or cannot see."""

    def __init__(self, unseen):
        self.wrong = []
        self.refused = {}
        self.passed = {}
        self._codes = unseen["codes"]
        self._tests = {test for tests in unseen["tests"].values() for test in tests}
        self._met = set()

    def agree(self, test, refusal):
        """An object that must be of its rule."""
        if refusal:
            self.wrong.append(f"{test}: {refusal}")

    def malformed(self, test, code, refusals):
        """An object that must not be, unless `unseen` says that the grammar cannot tell."""
        if any(refusals):
            self.refused.setdefault(code, set()).add(test)
            return
        self.passed.setdefault(code, set()).add(test)
        self._met |= {test, code}
        if code not in self._codes and test not in self._tests:
            self.wrong.append(f"{test}: the grammar accepts what is {code}")

    def stale(self):
        """What `unseen` names and the grammar does see."""
        return sorted((self._tests | set(self._codes)) - self._met)


def check_grammar(grammar, unseen):
    """Checks everything, and returns the findings."""
    findings = Findings(unseen)
    stage = stages()
    for presentation in presentations():
        _presentation(grammar, findings, presentation, stage.get(presentation.code))
    for test in cases():
        _case(grammar, findings, test, stage)
    for content in files():
        if "trust" in content:
            findings.agree(f"{content['type']}, trust", grammar.refusal("trust-file", content["trust"]))
        for test in content["tests"]:
            _json(grammar, findings, test)
            if content["format"] == "writ-logs/1":
                _log(grammar, findings, test)
    findings.wrong += [f"unseen.json: {name}: the grammar does see it" for name in findings.stale()]
    return findings


def _presentation(grammar, findings, presentation, stage):
    token = (split(presentation.text) or [])[:1]
    if stage != "decode":
        findings.agree(presentation.id, grammar.refusal("writ", token[0]))
        for piece in pieces(presentation) if presentation.read_evidence else []:
            findings.agree(presentation.id, grammar.refusal("evidence", piece))
        for signed, _ in presentation.made if presentation.code is None else []:
            findings.agree(presentation.id, grammar.refusal("signed-bytes", signed))
        return
    found = [grammar.refusal("writ", item) for item in token]
    if presentation.read_evidence:
        found += [grammar.refusal("evidence", piece) for piece in pieces(presentation) or []]
    findings.malformed(presentation.id, presentation.code, found)


def _case(grammar, findings, test, stage):
    asked, code = test["input"], test["code"]
    if "trust" in asked:
        objects = [("trust-file", asked["trust"])] if code in (None, "trust.format") else []
    elif "evidence" in asked:
        objects = [("evidence", piece) for piece in (parts(asked["evidence"].replace("\n~", "~").strip()) or [])[1:]]
    else:
        objects = [("writ", token) for token in (split(asked.get("text", "")) or [])[:1]]
    refusals = [grammar.refusal(rule, item) for rule, item in objects]
    if code is None:
        findings.agree(test["id"], next(filter(None, refusals), None))
    elif stage[code] == "decode" or code == "trust.format":
        findings.malformed(test["id"], code, refusals)


def _json(grammar, findings, test):
    for request in test.get("requests", []):
        if "decision" in request:
            findings.agree(test["id"], grammar.refusal("decision", request["decision"]))
    for step in test.get("steps", []):
        for member, rule in TOLD.items():
            for element in step.get(member, []):
                findings.agree(test["id"], grammar.refusal(rule, element))


def _log(grammar, findings, test):
    lines = log_lines(test["log"])
    for receipt in test.get("receipts", []):
        findings.agree(test["id"], _receipt(grammar, lines[receipt["line"] - 1]))
        findings.agree(test["id"], grammar.refusal("signed-bytes", bytes.fromhex(receipt["signed"])))
    if test["code"] == "receipt.shape" and "line" in test:
        findings.malformed(test["id"], "receipt.shape", [_receipt(grammar, lines[test["line"] - 1])])


def _receipt(grammar, line):
    if line is None:
        return "no base64url"
    refusal = grammar.refusal("receipt", line)
    if refusal:
        return refusal
    try:
        summary = json.loads(cbor2.loads(cbor2.loads(line)[2])[4])
    except ValueError:
        return "the summary is no JSON"
    return grammar.refusal("summary", summary)
