#!/bin/sh
# Signs standard input with an Ed25519 key in PEM, for `writ … --signer 'sh sign-with-openssl.sh KEY.pem'`.
# OpenSSL 3.0 signs the bytes themselves from a real file only, so they go through a temporary one.
set -eu
bytes=$(mktemp)
trap 'rm -f "$bytes"' EXIT
trap 'exit 1' HUP INT TERM
cat > "$bytes"
openssl pkeyutl -sign -rawin -inkey "$1" -in "$bytes"
