#!/usr/bin/env bash
# Builds faults into the stream provider and the session table, one at a time and never in this tree, and looks whether the model
# of tests/Model notices. One line for each of them; the last line is "N mutants, N killed". The list: tests/Mutants/MutantList.cs.
#
#   eng/mutants.sh         all of them
#   eng/mutants.sh WORD    those whose name holds the word
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

case ${1:-} in
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 0 ;;
esac
export CRIATTACH_MUTANT=${1:-}
require_dotnet
mkdir -p artifacts/mutants
build artifacts/mutants/build.log tests/Mutants/CriAttach.Mutants.Tests.csproj
status=0
tests/Mutants/bin/Release/net10.0/CriAttach.Mutants.Tests -noColor >artifacts/mutants/run.log || status=$?
grep -E '^(killed|survived): |^[0-9]+ mutants, [0-9]+ killed$' artifacts/mutants/run.log || :
[ "$status" -eq 0 ] || fail "not every mutant was killed, or the model fails without any; see artifacts/mutants/run.log"
