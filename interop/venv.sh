#!/usr/bin/env bash
# Makes the virtual environment of everything here that is written in Python, or keeps it while no requirement changed.
set -euo pipefail
cd "$(dirname "$0")"

wanted="$(cat ./*/requirements.txt python/pyproject.toml | sha256sum)"
[ "$(cat .venv/made-from 2>/dev/null)" = "$wanted" ] && exit 0

rm -rf .venv
python3 -m venv .venv
requirements=(--editable './python[dev]')
for file in ./*/requirements.txt; do requirements+=(-r "$file"); done
.venv/bin/pip install --quiet --disable-pip-version-check "${requirements[@]}"
printf '%s' "$wanted" > .venv/made-from
