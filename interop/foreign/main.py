"""Checks the test vectors with code of others: the grammar with a CDDL tool, the signatures with a COSE library."""

import json
import sys
from pathlib import Path

from check_cose import check_cose
from check_grammar import check_grammar
from cose import MAC0
from grammar import Grammar


def main():
    grammar = Grammar()
    unseen = json.loads((Path(__file__).parent / "unseen.json").read_text(encoding="utf-8"))
    findings = check_grammar(grammar, unseen)
    accepted = ", ".join(f"{count} {rule}" for rule, count in grammar.accepted.items())
    print(f"CDDL, different objects of each rule: {accepted}")
    print("CDDL, malformed and refused: " + _by_code(findings.refused))
    print("CDDL, malformed and not for a grammar to see: " + _by_code(findings.passed))

    checker, refused = check_cose({test for tests in unseen["signatures"].values() for test in tests})
    macs = sum(asked[0] == MAC0 for asked in checker.signed)
    print(f"COSE, different objects verified: {len(checker.signed) - macs} COSE_Sign1, {macs} COSE_Mac0")
    print(f"COSE, refused: {checker.altered} with a label, link, payload or proof changed, {refused} of the vectors")

    wrong = findings.wrong + checker.wrong
    for line in wrong:
        print(f"disagreement: {line}", file=sys.stderr)
    print(f"{len(wrong)} disagreements")
    return 1 if wrong else 0


def _by_code(tests):
    return ", ".join(f"{len(ids)} {code}" for code, ids in sorted(tests.items()))


if __name__ == "__main__":
    sys.exit(main())
