"""The grammar of every object, spec/writ.cddl, as a CDDL tool reads it."""

from cddl_verifier import Validator

from vectors import ROOT


class Grammar:
    """Answers whether data are of a rule, and counts, by rule, the different ones that are."""

    def __init__(self, path=ROOT / "spec" / "writ.cddl"):
        self._validator = Validator(path)
        self._answers = {}
        self.accepted = {}

    def refusal(self, rule, data):
        """Why encoded bytes, or parsed JSON, are not of a rule; None where they are."""
        name = (rule, data if isinstance(data, bytes) else repr(data))
        if name not in self._answers:
            result = self._validator.validate(data, rule)
            self._answers[name] = None if result.valid else result.format()
            if result.valid:
                self.accepted[rule] = self.accepted.get(rule, 0) + 1
        return self._answers[name]
