"""The conformance program as a program: lines in, lines out, whatever they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from itertools import islice

from vector_files import comparable, lines


def test_it_answers_each_line_in_order() -> None:
    asked = [line for line, _ in islice(lines(), 3)]
    asked.insert(1, {"id": "x-1", "type": "x", "format": "x/1", "setting": {}, "test": {}})
    given = "".join(json.dumps(line) + "\n" for line in asked)
    done = subprocess.run(
        [sys.executable, "-m", "writ.conformance"],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [line["id"] for line in asked]
    assert answers[1].keys() == {"id", "error"}
    expected = [answer for _, answer in islice(lines(), 3)]
    for found, wanted in zip((answers[0], *answers[2:]), expected, strict=True):
        assert comparable(found).items() >= comparable(wanted).items()
