#!/usr/bin/env bash
# Installs what the tests need from the system's packages, where it is missing.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

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
install_packages 'test tools' "${missing[@]}"
