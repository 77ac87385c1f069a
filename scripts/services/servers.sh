# Run by services.sh under the account of the servers: ACTION DATA-FOLDER PORT-SHIFT FOLDER-OF-POSTGRES-PROGRAMS
set -euo pipefail
action=$1 data=$2 shift_by=$3 programs=$4

redis=$((16379 + shift_by))
nodes=($((17001 + shift_by)) $((17002 + shift_by)) $((17003 + shift_by)))
postgres=$((15432 + shift_by))
all=("$redis" "${nodes[@]}" "$postgres")
made=$data/cluster-${nodes[0]}.made
patience=60

say() { echo "services: $*"; }
fail() { say "$@" >&2; exit 1; }

# A server is known by the folder it runs in, which no crash leaves behind, as it does a file with a process id.
folder_of() {
  if [[ $1 -eq $postgres ]]; then echo "$data/postgres-$postgres"; else echo "$data/redis-$1"; fi
}

# Whether a process runs in a folder; one that was removed has only its name.
runs_in() {
  if [[ -d $2 ]]; then [[ $1/cwd -ef $2 ]]; else [[ $(readlink "$1/cwd") == "$2 (deleted)" ]]; fi
}

# The processes of the server at a port, its main process first.
processes() {
  local folder entry name key parent found=() eldest=() others=()
  folder=$(folder_of "$1")
  for entry in /proc/[0-9]*; do
    { read -r name < "$entry/comm"; } 2> /dev/null || continue
    [[ $name == redis-server || $name == postgres ]] && runs_in "$entry" "$folder" && found+=("${entry#/proc/}")
  done
  for name in "${found[@]}"; do
    parent=
    while read -r key parent && [[ $key != PPid: ]]; do :; done 2> /dev/null < "/proc/$name/status" || continue
    if [[ " ${found[*]} " == *" $parent "* ]]; then others+=("$name"); else eldest+=("$name"); fi
  done
  echo "${eldest[@]}" "${others[@]}"
}

ask_redis() { timeout 5 redis-cli -h 127.0.0.1 -p "$@" 2> /dev/null; }
ask_postgres() { timeout 5 "$programs/psql" -XqtAw -h 127.0.0.1 -p "$postgres" -U writ -d "$1" -c "$2" 2> /dev/null; }

# Whether something listens at a port, of whomever.
taken() { (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

answers() {
  if [[ $1 -eq $postgres ]]; then
    [[ $(ask_postgres postgres 'select 1') == 1 ]]
  else
    [[ $(ask_redis "$1" ping) == PONG ]]
  fi
}

up() { [[ -d $(folder_of "$1") && -n $(processes "$1") ]] && answers "$1"; }

# until_true COMMAND...
until_true() {
  local end=$((SECONDS + patience))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

gone() {
  local port
  for port in "$@"; do [[ -z $(processes "$port") ]] || return 1; done
}

# stop_servers PORT...
stop_servers() {
  local port main
  for port in "$@"; do
    read -r main _ <<< "$(processes "$port")"
    [[ -n $main ]] || continue
    # SIGINT is an orderly end for both servers; one that is suspended would not hear it.
    kill -INT "$main" 2> /dev/null || true
    kill -CONT "$main" 2> /dev/null || true
  done
  patience=10 until_true gone "$@" && return
  for port in "$@"; do
    # shellcheck disable=SC2046
    kill -KILL $(processes "$port") 2> /dev/null || true
  done
  until_true gone "$@" || fail "a server at the ports $* does not end"
}

start_redis() {
  local port=$1 folder
  shift
  folder=$(folder_of "$port")
  mkdir -p "$folder"
  redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --logfile "$folder/log" --pidfile "$folder/pid" \
    --daemonize yes --save '' --appendonly yes --appendfsync always "$@" > /dev/null 9>&-
}

start_postgres() {
  local folder
  folder=$(folder_of "$postgres")
  if [[ ! -d $folder ]]; then
    say "postgres: initializes $folder"
    rm -rf "$folder.new"
    "$programs/initdb" -D "$folder.new" --username=writ --locale=C --encoding=UTF8 --auth=trust > "$data/initdb.log" 2>&1 ||
      { tail -n 20 "$data/initdb.log" >&2; fail 'postgres: initdb failed'; }
    mv "$folder.new" "$folder"
  fi
  # Left by a crash, and refused where its process id is another's by now, or a zombie's.
  ! gone "$postgres" || rm -f "$folder/postmaster.pid"
  # No local socket: its folder is shared with other servers.
  "$programs/pg_ctl" start -w -t "$patience" -D "$folder" -l "$folder/log" \
    -o "-c port=$postgres -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" > /dev/null 9>&-
}

refuse_taken() {
  ! taken "$1" || fail "port $1 is taken by another process: stop it, or shift all ports with WRIT_SERVICES_PORTS"
}

# Before any server starts, so that a port of another leaves none half started.
clear_ports() {
  local port down=()
  for port in "${all[@]}"; do up "$port" || down+=("$port"); done
  stop_servers "${down[@]}"
  for port in "${down[@]}"; do
    refuse_taken "$port"
    # Nodes speak to each other at a second port.
    [[ ${nodes[*]} != *"$port"* ]] || refuse_taken $((port + 10000))
  done
}

# start_server PORT COMMAND...
start_server() {
  local port=$1
  shift
  up "$port" || "$@" || fail_with_log "$port" 'does not start'
}

fail_with_log() {
  tail -n 20 "$(folder_of "$1")/log" >&2 || true
  fail "the server at port $1 $2"
}

settled() { answers "$1" || gone "$1"; }

await() {
  until_true settled "$1" || fail_with_log "$1" "does not answer after $patience seconds"
  ! gone "$1" || fail_with_log "$1" 'has ended'
}

agreed() {
  local port
  for port in "${nodes[@]}"; do [[ $(ask_redis "$port" cluster info) == *cluster_state:ok* ]] || return 1; done
}

start_nodes() {
  local port
  # A cluster that was not made to its end is begun again, for redis-cli makes one of empty nodes only.
  if [[ ! -e $made ]]; then
    stop_servers "${nodes[@]}"
    for port in "${nodes[@]}"; do rm -rf "$(folder_of "$port")"; done
  fi
  for port in "${nodes[@]}"; do
    start_server "$port" start_redis "$port" --cluster-enabled yes --cluster-node-timeout 5000
  done
}

join_nodes() {
  if [[ ! -e $made ]]; then
    timeout "$patience" redis-cli --cluster create "${nodes[@]/#/127.0.0.1:}" --cluster-yes > "$data/cluster.log" 2>&1 ||
      { tail -n 20 "$data/cluster.log" >&2; fail 'cluster: redis-cli could not make it'; }
  fi
  until_true agreed || fail_with_log "${nodes[0]}" "is not part of a cluster after $patience seconds"
  touch "$made"
}

make_database() {
  [[ $(ask_postgres postgres "select 1 from pg_database where datname = 'writ'") == 1 ]] ||
    ask_postgres postgres 'create database writ' || fail 'postgres: could not create the database'
}

# status_of NAME COMMAND PORT...
status_of() {
  local name=$1 whole=$2 port state=up pids=()
  shift 2
  for port in "$@"; do
    if up "$port"; then
      pids+=("$(processes "$port" | cut -d ' ' -f 1)")
    elif gone "$port" && taken "$port"; then
      state="port $port is taken by another process"
    else
      state=down
    fi
  done
  [[ $state != up ]] || "$whole" || state='up, but not ready'
  say "$name at $*: $state${pids[*]:+, process ${pids[*]}}"
  [[ $state == up ]]
}

has_database() { [[ $(ask_postgres writ 'select 1') == 1 ]]; }

status() {
  local failed=0
  status_of redis true "$redis" || failed=1
  status_of cluster agreed "${nodes[@]}" || failed=1
  status_of postgres has_database "$postgres" || failed=1
  return $failed
}

start() {
  local port report
  if report=$(status); then
    echo "$report"
    return
  fi
  clear_ports
  start_server "$redis" start_redis "$redis"
  start_nodes
  start_server "$postgres" start_postgres
  for port in "${all[@]}"; do await "$port"; done
  join_nodes
  make_database
  status
}

stop() {
  stop_servers "${all[@]}"
  say 'all are stopped'
}

if [[ $action != status && -d $data ]]; then
  # Servers are started without it, or they would keep the lock.
  exec 9> "$data/lock"
  flock -w 120 9 || fail 'another run of this script does not end'
fi
"$action"
