#!/usr/bin/env bash
# Installs what the tests need from the system's packages, where it is missing.
set -euo pipefail

# command:package
tools=(chromium:chromium zsh:zsh fish:fish groff:groff man:man-db openssl:openssl ssh-keygen:openssh-client)

missing=()
for tool in "${tools[@]}"; do
  command -v "${tool%%:*}" > /dev/null || missing+=("${tool#*:}")
done
if [[ ${#missing[@]} -eq 0 ]]; then
  echo "test tools: all are there"
  exit 0
fi

as_root=()
[[ $(id -u) -eq 0 ]] || as_root=(sudo)
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
  "${as_root[@]}" apt-get update -qq && "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
if ! install > "$log" 2>&1; then
  cat "$log" >&2
  echo "test tools: could not install ${missing[*]}" >&2
  exit 1
fi
echo "test tools: installed ${missing[*]}"
