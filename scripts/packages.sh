# Sourced: installs system packages, says so in one line after a label, and lets none of them start a server.

policy=/usr/sbin/policy-rc.d

as_root() { if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi; }

# Where the file exists, the machine has its own policy already.
forbid_servers() {
  [[ -e $policy ]] && return
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" > /dev/null
  as_root chmod 755 "$policy"
  trap 'as_root rm -f "$policy"' EXIT
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"; }

# install_packages LABEL PACKAGE...
install_packages() (
  label=$1
  shift
  forbid_servers
  if ! log=$( (apt update && apt install -y --no-install-recommends "$@") 2>&1); then
    printf '%s\n' "$log" >&2
    echo "$label: could not install $*" >&2
    exit 1
  fi
  echo "$label: installed $*"
)
