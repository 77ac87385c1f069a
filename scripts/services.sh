#!/usr/bin/env bash
# The servers that the tests of stores run against; `--help` says which.
set -euo pipefail
cd "$(dirname "$0")/.."
source scripts/packages.sh

usage="Usage: npm run services [-- start|stop|status]

Starts, on 127.0.0.1, what the tests of stores run against:
  redis      port 16379, every command synced to disk
  cluster    ports 17001 to 17003, three Redis nodes that share the keys, without replicas
  postgres   port 15432, user and database named writ, no password

start   (default) installs them from the system's packages where missing, starts what is not up, waits until all answer
stop    stops all; their data stays, and goes with the folder
status  says which answer; fails unless all do

WRIT_SERVICES_FOLDER  where they keep data and logs, by default .services in the project
WRIT_SERVICES_PORTS   a number added to each port, by default 0

Root starts them under an account of their own, writ-services."

fail() { echo "services: $*" >&2; exit 1; }

action=${1:-start}
case $action in
  start | stop | status) [[ $# -le 1 ]] || fail 'takes one word: start, stop or status' ;;
  -h | --help) echo "$usage"; exit 0 ;;
  *) fail "\"$action\" is none of start, stop, status" ;;
esac

shift_by=${WRIT_SERVICES_PORTS:-0}
[[ $shift_by =~ ^[0-9]{1,5}$ ]] && ((10#$shift_by <= 30000)) || fail 'WRIT_SERVICES_PORTS must be 0 to 30000'
folder=$(realpath -m "${WRIT_SERVICES_FOLDER:-.services}")

# The newest is last.
newest_postgres() { printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1; }

install_missing() {
  local missing=()
  command -v redis-server > /dev/null || missing+=(redis-server)
  command -v redis-cli > /dev/null || missing+=(redis-tools)
  [[ -x $(newest_postgres) ]] || missing+=(postgresql)
  [[ ${#missing[@]} -eq 0 ]] && return
  command -v apt-get > /dev/null || fail "please install ${missing[*]}"
  install_packages services "${missing[@]}"
}

# PostgreSQL refuses to run as root.
account=
if [[ $(id -u) -eq 0 ]]; then account=writ-services; fi

make_account() {
  [[ -z $account ]] || id "$account" > /dev/null 2>&1 ||
    useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin "$account"
}

as_account() {
  local who=()
  [[ -z $account ]] || who=(setpriv "--reuid=$account" "--regid=$account" --clear-groups)
  # From / because the account may not be allowed where this script is.
  (cd / && exec env -i PATH="$PATH" LC_ALL=C TZ=UTC "${who[@]}" "$@" < /dev/null)
}

# Where the servers' data is: the folder, or one in the temporary directory where the account cannot reach that.
data_folder() {
  if as_account test -x "$(dirname "$folder")"; then
    echo "$folder"
  else
    echo "${TMPDIR:-/tmp}/writ-services-$(printf '%s' "$folder" | sha256sum | cut -c 1-16)"
  fi
}

make_folder() {
  mkdir -p "$folder"
  if [[ $data != "$folder" ]]; then
    as_account mkdir -p -m 700 "$data"
    ln -sfn "$data" "$folder/data"
  elif [[ -n $account && -O $folder ]]; then
    chown "$account:" "$folder"
  fi
}

if [[ $action == start ]]; then
  install_missing
  make_account
  mkdir -p "$(dirname "$folder")"
elif [[ -n $account ]] && ! id "$account" > /dev/null 2>&1; then
  # Without the account nothing was ever started.
  echo 'services: none is up'
  [[ $action == stop ]]
  exit
fi
data=$(data_folder)
[[ $action != start ]] || make_folder
[[ ! -d $data ]] || as_account test -O "$data" || fail "$data belongs to another user, who alone may use it"

# Handed over as text, for the account may not be able to read it.
servers=$(< scripts/services/servers.sh)
as_account bash -c "$servers" services "$action" "$data" "$((10#$shift_by))" "$(dirname "$(newest_postgres)")"
