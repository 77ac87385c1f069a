#!/usr/bin/env bash
# Puts the test vectors to every implementation that lies here, each as a program of its own.
set -euo pipefail
cd "$(dirname "$0")/.."
bash interop/venv.sh

put() {
  printf '\n%s\n' "$1"
  node dist/cli/main.js vectors run "${@:3}" --impl "$2"
}

# As it is where sodium-native is not installed.
bundle=(esbuild dist/cli/main.js --bundle --format=esm --external:lmdb --external:commander --log-level=error)
"${bundle[@]}" --platform=node '--alias:#backend=./dist/src/crypto/backend/node.js' --outfile=dist/node.js
# As a bundler that knows nothing of Node's conditions builds it, for browsers and other runtimes.
"${bundle[@]}" --platform=neutral --main-fields=module,main --external:node:* --outfile=dist/noble.js

# Pure JavaScript signs a hundred times slower, so its share of the accumulated tests is in the unit tests; and where
# only the verdict on a signature differs, they say nothing new.
quick=()
for file in test-vectors/*.json; do
  case "$file" in */flags.json | */accumulated.json) ;; *) quick+=("$file") ;; esac
done
typescript() { put "TypeScript, $(node "$1" --version | tail -n 1)" "node $1 vectors answer" "${@:2}"; }

typescript dist/node.js
typescript dist/cli/main.js "${quick[@]}"
typescript dist/noble.js "${quick[@]}"
put 'Python' 'interop/.venv/bin/python -m writ.conformance'
