#!/usr/bin/env bash
# Fuzzes the targets of tests/Fuzz one after the other, each in a process of its own whose memory has a ceiling; prints one line for each.
# Inputs that failed, and the seeds that repeat a run, stand in artifacts/fuzz/TARGET.log.
#
#   eng/fuzz.sh                      every target, 60 seconds each
#   eng/fuzz.sh SECONDS [TARGET...]  only those, for so long each, for example "600 spdy-server spdy-client"
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

case ${1:-} in
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' eng/fuzz.sh; exit 0 ;;
esac
# The heap's hard limit, in hexadecimal: beyond it an allocation fails. The second is for all that a process has resident.
readonly heap_limit=8000000 max_resident_mb=320
readonly program=tests/Fuzz/bin/Release/net10.0/CriAttach.Fuzz
seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || fail "'$seconds' is no number of seconds"
[ "$#" -eq 0 ] || shift
require_dotnet
mkdir -p artifacts/fuzz
build artifacts/fuzz/build.log tests/Fuzz/CriAttach.Fuzz.csproj
if [ "$#" -gt 0 ]; then
  targets=("$@")
else
  read -ra targets < <("$program" 2>&1 | sed -n 's/^targets: //p')
fi

bad=0
for target in "${targets[@]}"; do
  log=artifacts/fuzz/$target.log
  status=0
  line=$(DOTNET_GCHeapHardLimit=$heap_limit "$program" "$target" "$seconds" 2>"$log") || status=$?
  peak=$(sed -E 's/.*peak ([0-9]+) MB.*/\1/' <<<"$line")
  if [ -z "$line" ]; then
    line="$target: ended with status $status, see $log"
  elif [ "$peak" -gt "$max_resident_mb" ]; then
    line="$line: over the ceiling of $max_resident_mb MB" status=1
  elif [ "$status" -ne 0 ]; then
    line="$line, see $log"
  fi
  echo "$line"
  [ "$status" -eq 0 ] || bad=$((bad + 1))
done
[ "$bad" -eq 0 ] || fail "$bad of ${#targets[@]} targets failed"
