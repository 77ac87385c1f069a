#!/usr/bin/env bash
# Makes the virtual environment of the peers in Python, or keeps it while no requirement changed.
set -euo pipefail
cd "$(dirname "$0")"

cmp --silent requirements.txt .venv/made-from && exit 0
rm -rf .venv
python3 -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt >&2
cp requirements.txt .venv/made-from
