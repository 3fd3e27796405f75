#!/usr/bin/env bash
# Waits until its input ends, that is until whoever started it is gone, however that came; then ends what is left of its run, by process id:
# all processes with CRIATTACH_TEST_RUN=RUN in their environment, and all that descend from them. tests/Testing starts one for each test program.
#
#   eng/reap.sh RUN
set -euo pipefail

case ${1:-} in
  '' | -h | --help) sed -n '2,5s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
# The mark would be its own, too.
[ -z "${CRIATTACH_TEST_RUN:-}" ] || exec env -u CRIATTACH_TEST_RUN "$0" "$@"
readonly mark=CRIATTACH_TEST_RUN=$1 rounds=10
trap '' INT TERM HUP
cat >/dev/null

marked() {
  local file
  for file in /proc/[0-9]*/environ; do
    # One that has ended meanwhile has no environment.
    if grep -qzFx "$mark" "$file" 2>/dev/null; then
      file=${file%/environ}
      echo "${file#/proc/}"
    fi
  done
}

# with_descendants PID... - they, and those under them: what a container runs has an environment of its own, and is found by its ancestors.
with_descendants() {
  ps -e -o pid=,ppid= | awk -v roots="$*" '
    { parent[$1] = $2 }
    END {
      count = split(roots, root, " ")
      for (at = 1; at <= count; at++) ends[root[at]] = 1
      do {
        more = 0
        for (pid in parent) if (!(pid in ends) && (parent[pid] in ends)) more = ends[pid] = 1
      } while (more)
      for (pid in ends) print pid
    }'
}

for ((round = 0; round < rounds; round++)); do
  mapfile -t found < <(marked)
  [ "${#found[@]}" -gt 0 ] || exit 0
  mapfile -t left < <(with_descendants "${found[@]}")
  kill -KILL "${left[@]}" 2>/dev/null || :
  sleep 0.2
done
printf 'error: still there after %s rounds: %s\n' "$rounds" "${left[*]}" >&2
exit 1
