#!/usr/bin/env bash
# Puts the test vectors to every implementation that lies here, each as a program of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
bash interop/venv.sh

put() {
  printf '\n%s\n' "$1"
  node dist/cli/main.js vectors run "${@:3}" --impl "$2"
}

# As a bundler that knows nothing of Node's conditions builds it, for browsers and other runtimes.
esbuild dist/cli/main.js --bundle --format=esm --platform=neutral --main-fields=module,main \
  --external:node:* --external:lmdb --external:commander --log-level=error --outfile=dist/noble.js

put 'TypeScript, node:crypto' 'node dist/cli/main.js vectors answer'
# Pure JavaScript signs a hundred times slower: its share of the accumulated tests is in the unit tests.
quick=()
for file in test-vectors/*.json; do
  case "$file" in */flags.json | */accumulated.json) ;; *) quick+=("$file") ;; esac
done
put 'TypeScript, pure JavaScript' 'node dist/noble.js vectors answer' "${quick[@]}"
put 'Python' 'interop/.venv/bin/python -m writ.conformance'
