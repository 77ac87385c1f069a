#!/usr/bin/env bash
# Makes the virtual environment of everything here that is written in Python, or keeps it while no requirement changed.
set -euo pipefail
cd "$(dirname "$0")"

shopt -s nullglob
files=(*/requirements.txt */pyproject.toml)
wanted="$(cat "${files[@]}" | sha256sum)"
[ "$(cat .venv/made-from 2>/dev/null)" = "$wanted" ] && exit 0

rm -rf .venv
python3 -m venv .venv
wants=()
for file in */requirements.txt; do wants+=(-r "$file"); done
# A package is used where it stands, so that what is changed there counts at once.
for file in */pyproject.toml; do wants+=(-e "./$(dirname "$file")"); done
.venv/bin/pip install --quiet --disable-pip-version-check "${wants[@]}"
printf '%s' "$wanted" > .venv/made-from
