#!/usr/bin/env bash
# Measures the peers in Python; the figures go to stdout as JSON.
set -euo pipefail
cd "$(dirname "$0")"
bash venv.sh
exec .venv/bin/python main.py "$@"
