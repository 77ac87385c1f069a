#!/usr/bin/env bash
# Everything that the Python implementation must pass by itself: style, types and tests.
set -euo pipefail
cd "$(dirname "$0")"
bash ../venv.sh

bin="$PWD/../.venv/bin"
"$bin/ruff" check --quiet .
"$bin/ruff" format --quiet --check .
"$bin/mypy"
"$bin/pytest" --quiet
