#!/usr/bin/env bash
# Starts a CriAttach cluster of two nodes and two gateways on this machine, runs a container on it, calls Attach on one
# gateway and streams through the other. On a terminal it leaves you attached; without one it measures an echo and
# prints, as its last line: demo ok: attach via <url>, stream via <url>, <n> bytes echoed, echo p50 <x> ms
#
# Everything lives in a temporary directory and on loopback, and is gone when the script ends.
set -Eeuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/lib.sh
. eng/lib.sh

readonly ready_seconds=90 criattach=$PWD/Cli/bin/Release/net10.0/criattach
work='' logs='' cleaned=0 build_log='' failure='' attached=''
declare -A supervisors=() # name -> the process that keeps it running
containers=()

attached_to_terminal() {
  [ -t 0 ] && [ -t 1 ]
}

criattach() {
  "$criattach" --gateway "unix://$work/g1/admin.sock" "$@"
}

# supervise NAME PROGRAM - runs it again whenever it ends, later each time unless it had run well.
supervise() {
  local name=$1 program=$2 child='' pause='' delay=1 started code
  trap 'kill -TERM $child $pause 2>/dev/null; wait $child 2>/dev/null; exit 0' TERM
  while :; do
    started=$SECONDS
    # A session of its own: Ctrl-C and a closed terminal are this script's affair.
    setsid "$program" </dev/null >>"$logs/$name.log" 2>&1 &
    child=$!
    echo "$child" >"$work/$name.pid"
    code=0
    { wait "$child" || code=$?; } 2>/dev/null
    if ((SECONDS - started > 30)); then
      delay=1
    fi
    # \r: you may be attached, with the terminal in raw mode.
    printf '\r\n==> %s (pid %s) ended with status %s; starting it again in %s s\r\n' "$name" "$child" "$code" "$delay" >&2 || :
    sleep "$delay" &
    pause=$!
    wait "$pause" || :
    pause=''
    delay=$((delay < 16 ? delay * 2 : 16))
  done
}

start_silo() {
  local name=$1 silo_port=$2 gateway_port=$3 primary=$4
  mkdir -p "$work/$name/state" "$work/$name/run"
  (
    export CriAttach__Cluster__ClusterId="demo-$$" CriAttach__Cluster__PrimarySilo="$primary" \
      CriAttach__Cluster__SiloPort="$silo_port" CriAttach__Cluster__GatewayPort="$gateway_port" \
      CriAttach__Node__Name="$name" CriAttach__Node__DefaultRuntime="$runtime" \
      CriAttach__Node__StateDirectory="$work/$name/state" CriAttach__Node__RunDirectory="$work/$name/run"
    supervise "silo-$name" Silo/bin/Release/net10.0/CriAttach.Silo
  ) &
  supervisors[silo-$name]=$!
}

start_gateway() {
  local name=$1 node=$2 stream_port=$3 admin_port=$4
  mkdir -p "$work/$name"
  (
    export CriAttach__Cluster__ClusterId="demo-$$" \
      CriAttach__Cluster__Gateways__0="127.0.0.1:$gateway_port1" CriAttach__Cluster__Gateways__1="127.0.0.1:$gateway_port2" \
      CriAttach__Gateway__Name="$name" CriAttach__Gateway__Node="$node" \
      CriAttach__Gateway__StreamAddress="127.0.0.1:$stream_port" \
      CriAttach__Gateway__ResumeBaseUrls__0="http://127.0.0.1:$stream_port1" CriAttach__Gateway__ResumeBaseUrls__1="$stream2" \
      CriAttach__Gateway__CriSocket="$work/$name/cri.sock" CriAttach__Gateway__AdminSocket="$work/$name/admin.sock" \
      CriAttach__Gateway__AdminAddress="127.0.0.1:$admin_port" CriAttach__Gateway__AdminTokenFile="$work/admin.token"
    supervise "gateway-$name" Gateway/bin/Release/net10.0/CriAttach.Gateway
  ) &
  supervisors[gateway-$name]=$!
}

wait_until_ready() {
  local deadline=$((SECONDS + ready_seconds)) nodes
  while ((SECONDS < deadline)); do
    nodes=$(criattach nodes 2>"$logs/ready.log" | awk '$2 == "ready" { print $1 }' | sort | tr '\n' ' ' || :)
    if [ "$nodes" = 'n1 n2 ' ] && [ -S "$work/g2/admin.sock" ]; then
      return
    fi
    sleep 0.3
  done
  fail "the cluster was not ready within $ready_seconds s: $(cat "$logs/ready.log")"
}

# run_container NAME ARGUMENT... - detached, on n1; falls back to the process runtime where runc cannot make containers.
run_container() {
  local name=$1 said
  shift
  if [ "$runtime" = conmon ]; then
    if said=$(criattach run -d --node n1 --name "$name" --runtime conmon --rootfs "$work/rootfs" --env PATH=/bin --env HOME=/root "$@" 2>&1); then
      containers+=("$name")
      return
    fi
    say "runc cannot make a container here, as in most unprivileged containers: $said"
    say 'going on with the process runtime: PID 1 is then a plain child process'
    runtime=process
  fi
  said=$(criattach run -d --node n1 --name "$name" --runtime process "$@" 2>&1) || fail "the container did not start: $said"
  containers+=("$name")
}

scripted() {
  local report
  run_container echo -i cat
  say 'Attach on gateway g1, streaming through gateway g2'
  report=$(criattach ping echo --count 500 --stream-via "$stream2" --json 2>"$logs/ping.log") ||
    fail "the echo did not come back: $(cat "$logs/ping.log")"
  field() {
    sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p" <<<"$report"
  }
  result="demo ok: attach via $(field attachUrl), stream via $(field streamUrl), $(field bytes) bytes echoed, echo p50 $(field p50Milliseconds) ms"
}

interactive() {
  local answer status
  exec 3<&0
  run_container shell -i -t --env "TERM=${TERM:-xterm}" --env 'PS1=container:\w # ' sh
  cat >&2 <<HINTS

  A shell runs as PID 1 on node n1. You are about to be attached to it: Attach is asked of gateway g1, the bytes go
  through gateway g2.

    leave it running     Ctrl-P Ctrl-Q
    end it, and the demo exit
    in a browser         $dashboard
                         (good once; another one: $criattach --gateway unix://$work/g1/admin.sock dashboard)
    from elsewhere       export CRIATTACH_GATEWAY=unix://$work/g2/admin.sock
                         $criattach ps
                         $criattach attach shell
    break something      kill -9 \$(cat $work/gateway-g1.pid)     it is started again; you stay attached
                         kill -9 \$(cat $work/silo-n2.pid)        so are you
    logs                 $logs

HINTS
  while :; do
    status=0
    # In the background, for a foreground command would keep this script from hearing signals; 3 is the terminal.
    "$criattach" --gateway "unix://$work/g1/admin.sock" attach --stream-via "$stream2" shell <&3 &
    attached=$!
    wait "$attached" || status=$?
    attached=''
    if [ "$(criattach ps 2>/dev/null | awk '$2 == "shell" { print $2 }' || :)" != shell ]; then
      say "the shell has ended with status $status"
      return
    fi
    read -r -p 'Enter attaches again (once more there for a prompt), q ends the demo: ' answer || answer=q
    [ "$answer" != q ] || return 0
  done
}

# Ends what this script started, and nothing else: by the ids of its own processes, and by its own directory.
clean_up() {
  local name pid mount
  trap '' INT TERM HUP PIPE
  if [ "$cleaned" -eq 1 ]; then
    return
  fi
  cleaned=1
  [ -n "$work" ] || return 0
  say 'cleaning up'
  if [ -n "$attached" ]; then
    kill -TERM "$attached" 2>/dev/null || :
    wait "$attached" 2>/dev/null || :
  fi
  for name in "${containers[@]}"; do
    timeout 10 "$criattach" --gateway "unix://$work/g1/admin.sock" rm -f "$name" >/dev/null 2>&1 || :
  done
  for pid in "${supervisors[@]}"; do
    kill -TERM "$pid" 2>/dev/null || :
  done
  for name in "${!supervisors[@]}"; do
    end_process "$name"
    wait "${supervisors[$name]}" 2>/dev/null || :
  done
  end_leftovers
  # What is mounted last lies on top.
  awk -v prefix="$work/" 'index($2, prefix) == 1 { print $2 }' /proc/mounts | sort -r | while read -r mount; do
    umount -l "$mount" 2>/dev/null || :
  done
  rm -rf --one-file-system "$work"
}

end_process() {
  local pid
  pid=$(cat "$work/$1.pid" 2>/dev/null) || return 0
  for _ in {1..50}; do
    [ -d "/proc/$pid" ] || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || :
}

# A container that no silo was there to remove: its conmon and its PID 1 are told by the directory that they work for.
end_leftovers() {
  local file pid
  for file in $(find "$work" -name conmon.pid -o -name pid 2>/dev/null); do
    pid=$(tr -dc '0-9' <"$file")
    if [ -n "$pid" ] && { grep -qsF "$work/" "/proc/$pid/cmdline" || grep -qsF "$work/" "/proc/$pid/mountinfo"; }; then
      kill -KILL "$pid" 2>/dev/null || :
    fi
  done
}

on_exit() {
  local status=$? log
  # A terminal that is gone must not keep the rest from being cleaned up.
  set +e
  if [ "$status" -ne 0 ] && [ -n "$logs" ]; then
    for log in "$logs"/*.log; do
      if [ -s "$log" ]; then
        printf -- '--- the end of %s ---\n' "${log##*/}" >&2
        tail -n 12 "$log" >&2
      fi
    done
  fi
  clean_up
  if [ "$status" -ne 0 ]; then
    printf 'demo failed with status %s%s\n' "$status" "${failure:+: $failure}" >&2
  fi
  exit "$status"
}

trap on_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

require_dotnet
runtime=conmon
missing=()
for tool in conmon:conmon runc:runc busybox:busybox-static; do
  PATH=$PATH:/usr/sbin:/sbin command -v "${tool%%:*}" >/dev/null || missing+=("${tool##*:}")
done
if ! is_root; then
  say 'not root: containers need that. Using the process runtime instead, where PID 1 is a plain child process'
  runtime=process
elif [ "${#missing[@]}" -gt 0 ]; then
  if command -v apt-get >/dev/null; then
    say "installing ${missing[*]}"
    install "${missing[@]}" || { say "apt-get could not install ${missing[*]}: using the process runtime instead"; runtime=process; }
  else
    say "${missing[*]} missing, and there is no apt-get: using the process runtime instead"
    runtime=process
  fi
fi

# Short: a unix socket's path has room for 107 characters.
work=$(mktemp -d /tmp/criattach.XXXXXX)
logs=$work/logs
mkdir "$logs"
build_log=$logs/build.log

say 'building (a minute or two for the first time)'
if ! build_dashboard "$logs/dashboard.log"; then
  say 'the dashboard could not be built, which takes Node 20 and npm: going on without it'
fi
build "$build_log" Silo Gateway Cli
[ "$runtime" = process ] || make_rootfs "$work/rootfs"

given_ports=''
for variable in silo_port1 gateway_port1 silo_port2 gateway_port2 stream_port1 stream_port2 admin_port1 admin_port2; do
  printf -v "$variable" '%s' "$(free_port)"
  given_ports="$given_ports ${!variable}"
done
stream2=http://127.0.0.1:$stream_port2

(umask 077 && head -c 32 /dev/urandom | base64 | tr -d '\n' >"$work/admin.token")
say 'starting two nodes, n1 and n2, and two gateways, g1 and g2'
start_silo n1 "$silo_port1" "$gateway_port1" ''
start_silo n2 "$silo_port2" "$gateway_port2" "127.0.0.1:$silo_port1"
start_gateway g1 n1 "$stream_port1" "$admin_port1"
start_gateway g2 n2 "$stream_port2" "$admin_port2"
wait_until_ready
dashboard=$(criattach dashboard 2>"$logs/login.log") || fail "there is no login address: $(cat "$logs/login.log")"
say "dashboard: $dashboard"

if attached_to_terminal; then
  interactive
else
  result=''
  scripted
  clean_up
  echo "$result"
fi
