"""`python -m writ.conformance`: answers each line of standard input in its order."""

from __future__ import annotations

import json
import sys

from .answer import answer


def main() -> None:
    """Answer until the end of the input. Lines stand for themselves."""
    for line in sys.stdin:
        if line.strip():
            print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
