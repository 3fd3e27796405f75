#!/usr/bin/env bash
# Waits until its input ends, that is until whoever started it is gone, however that came; then ends what is left of its run, by process id:
# all processes with CRIATTACH_TEST_RUN=RUN in their environment, those that have a file open below one of the directories that came as lines of
# input (conmon keeps neither environment nor parent), and all that descend from them. tests/Testing starts one for each test program.
#
#   eng/reap.sh RUN
set -euo pipefail

case ${1:-} in
  '' | -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
# The mark would be its own, too.
[ -z "${CRIATTACH_TEST_RUN:-}" ] || exec env -u CRIATTACH_TEST_RUN "$0" "$@"
readonly mark=CRIATTACH_TEST_RUN=$1 rounds=10
trap '' INT TERM HUP
mapfile -t directories

# One that has ended meanwhile has no files there.
left_over() {
  local directory
  {
    grep -lzFx "$mark" /proc/[0-9]*/environ 2>/dev/null || :
    for directory in "${directories[@]}"; do
      find /proc/[0-9]*/fd -lname "$directory/*" 2>/dev/null || :
    done
  } | cut -d/ -f3 | sort -un
}

# with_descendants PID... - they, and those under them; but not who waits like this for another run.
with_descendants() {
  local pid
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
    }' | while read -r pid; do
      grep -aqF eng/reap.sh "/proc/$pid/cmdline" 2>/dev/null || echo "$pid"
    done
}

for ((round = 0; round < rounds; round++)); do
  mapfile -t found < <(left_over)
  [ "${#found[@]}" -gt 0 ] || exit 0
  mapfile -t ending < <(with_descendants "${found[@]}")
  kill -KILL "${ending[@]}" 2>/dev/null || :
  sleep 0.2
done
mapfile -t found < <(left_over)
[ "${#found[@]}" -eq 0 ] && exit 0
printf 'error: still there after %s rounds: %s\n' "$rounds" "${found[*]}" >&2
exit 1
