#!/usr/bin/env bash
# Builds once and runs the tests. The last line is "<n> passed, <n> failed", with ", <n> skipped" where some were.
#
#   ./test.sh           all of them
#   ./test.sh unit      the quick ones: no network, no cluster, no containers
#   ./test.sh WORD      those of the projects whose path holds the word, for example Cli or Cluster
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=eng/lib.sh
. eng/lib.sh

readonly which=${1:-all} unit_seconds=700 other_seconds=1200
passed=0 failed=0 skipped=0

case $which in
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
  all) pattern=. ;;
  unit) pattern=^tests/Unit/ ;;
  *) pattern=$which ;;
esac

require_dotnet
artifacts=$PWD/artifacts/tests
rm -rf "$artifacts"
mkdir -p "$artifacts"

mapfile -t projects < <(
  dotnet sln CriAttach.sln list | grep '\.csproj$' | tr '\\' '/' |
    while read -r project; do
      if grep -q '<IsTestProject>true<' "$project"; then
        echo "$project"
      fi
    done | { grep -E -- "$pattern" || :; } | sort
)
[ "${#projects[@]}" -gt 0 ] || fail "no test project fits '$which'"

if [[ " ${projects[*]} " == *" tests/Conformance/"* || " ${projects[*]} " == *" tests/Browser/"* ]]; then
  fetch_clients || fail "the Kubernetes clients could not be fetched: that takes Debian's apt-get, and npm"
fi

if [[ " ${projects[*]} " == *" tests/Browser/"* ]]; then
  command -v chromium >/dev/null || fail 'there is no chromium here (package chromium), which the browser tests drive'
  say "building the dashboard"
  build_dashboard "$artifacts/dashboard.log" || fail 'the dashboard could not be built: that takes Node 20 and npm'
fi

say "building"
if [ "$which" = all ]; then
  target=CriAttach.sln
else
  target=$artifacts/chosen.slnf
  listed=$(printf '"%s",' "${projects[@]}")
  printf '{"solution":{"path":"../../CriAttach.sln","projects":[%s]}}\n' "${listed%,}" >"$target"
fi
build "$artifacts/build.log" "$target"

program_of() {
  local directory name
  directory=$(dirname "$1")
  name=$(basename "$1" .csproj)
  echo "$directory/bin/Release/net10.0/$name"
}

# run PROJECT SECONDS - its output goes to a log; a crash or a timeout is a failure that the counts below see.
run() {
  local project=$1 seconds=$2 name status=0 child
  name=$(basename "$project" .csproj)
  trap 'kill -TERM "$child" 2>/dev/null; wait "$child"; exit 143' TERM
  timeout --kill-after=15 "$seconds" "$(program_of "$project")" -noColor </dev/null >"$artifacts/$name.log" 2>&1 &
  child=$!
  wait "$child" || status=$?
  echo "$status" >"$artifacts/$name.status"
}

# count PROJECT - adds its results to the sums.
count() {
  local name log status summary total errors bad skip
  name=$(basename "$1" .csproj)
  log=$artifacts/$name.log
  status=$(cat "$artifacts/$name.status")
  summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+' "$log" | tail -n 1 || :)
  if [ "$status" -eq 0 ] && grep -qE 'Total: 0$' "$log"; then
    say "$name: no tests in it"
    return
  fi
  if [ -z "$summary" ]; then
    cat "$log" >&2
    if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
      say "$name: not done in time; its output stands above"
    else
      say "$name: ended with status $status and without a result; its output stands above"
    fi
    failed=$((failed + 1))
    return
  fi
  number() {
    sed -E "s/.*$1: ([0-9]+).*/\\1/" <<<"$summary"
  }
  total=$(number Total) errors=$(number Errors) bad=$(number Failed) skip=$(($(number Skipped) + $(number 'Not Run')))
  passed=$((passed + total - bad - skip))
  failed=$((failed + bad + errors))
  skipped=$((skipped + skip))
  if [ "$status" -ne 0 ] && [ $((bad + errors)) -eq 0 ]; then
    cat "$log" >&2
    say "$name: all tests passed, but it ended with status $status"
    failed=$((failed + 1))
  elif [ $((bad + errors)) -gt 0 ]; then
    cat "$log" >&2
  fi
  say "$name: ${summary#*"$name"  }"
}

# test_dashboard - the page's own tests, and whether its types are those of the API's description; adds to the sums.
test_dashboard() {
  local log=$artifacts/dashboard-tests.log results=$artifacts/dashboard-tests.json good bad
  say 'running the tests of the dashboard'
  if ! (cd Dashboard && npm run --silent types && npx vitest run --reporter=default --reporter=json --outputFile.json="$results") >"$log" 2>&1 </dev/null; then
    cat "$log" >&2
  fi
  if ! read -r good bad < <(node -p 'const r = require(process.argv[1]); `${r.numPassedTests} ${r.numFailedTests}`' "$results" 2>/dev/null); then
    say 'the dashboard: no result; its output stands above'
    failed=$((failed + 1))
    return
  fi
  passed=$((passed + good))
  failed=$((failed + bad))
  say "the dashboard: $good passed, $bad failed"
}

# Those that need no network and no containers come first, two at a time, for there are few cores. Those that mostly wait begin when the first leave
# a core free, and run beside the others, which come one after the other. The browser has the machine to itself: it looks whether its page is ever
# held up.
# "timeout" has a process group of its own, out of reach of Ctrl-C: what still runs is told to end, by its id.
end_running() {
  local pid
  for pid in $(jobs -p); do
    kill -TERM "$pid" 2>/dev/null || :
  done
}
trap end_running EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

readonly quick='^tests/(Unit|Model|Mutants)/' waiting='^tests/Failures/' alone='^tests/Browser/'
first=()
for project in "${projects[@]}"; do
  if [[ $project =~ $quick ]]; then
    run "$project" "$unit_seconds" &
    first+=("$!")
    if [ "${#first[@]}" -ge 2 ]; then
      wait -n || :
    fi
  fi
done
for project in "${projects[@]}"; do
  if [[ $project =~ $waiting ]]; then
    run "$project" "$other_seconds" &
  fi
done
for pid in "${first[@]}"; do
  wait "$pid" || :
done
for project in "${projects[@]}"; do
  if ! [[ $project =~ $quick || $project =~ $waiting || $project =~ $alone ]]; then
    say "running $(basename "$project" .csproj)"
    run "$project" "$other_seconds" &
    wait "$!"
  fi
done
wait
for project in "${projects[@]}"; do
  if [[ $project =~ $alone ]]; then
    test_dashboard
    say "running $(basename "$project" .csproj)"
    run "$project" "$other_seconds" &
    wait "$!"
  fi
done
for project in "${projects[@]}"; do
  count "$project"
done

line="$passed passed, $failed failed"
if [ "$skipped" -gt 0 ]; then
  line="$line, $skipped skipped"
fi
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
