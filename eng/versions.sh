#!/usr/bin/env bash
# Runs end-to-end tests with the gateways of another commit and the silos of this one, and the other way round; as root.
#
#   eng/versions.sh            the commit before this one
#   eng/versions.sh COMMIT     that one
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

case ${1:-} in
  -h | --help) sed -n '2,5s/^# \{0,1\}//p' eng/versions.sh; exit 0 ;;
esac
readonly commit=$(git rev-parse --verify "${1:-HEAD^}^{commit}")
readonly tree=$PWD/artifacts/versions/$commit suites=('EndToEnd BytesTests DeadlockTests' 'Failures FailureTests ResumeTests')
require_containers
require_dotnet
mkdir -p artifacts/versions
if [ ! -d "$tree" ]; then
  say "checking out ${commit:0:12}"
  mkdir "$tree"
  git archive "$commit" | tar -x -C "$tree"
fi
log=artifacts/versions/build.log
say "building ${commit:0:12}, and the tests"
build "$log" "$tree/Silo" "$tree/Gateway" Silo Gateway tests/EndToEnd tests/Failures

status=0
# with NAME VARIABLE - the hosts of that kind are the other commit's.
with() {
  say "the $1 of ${commit:0:12}, the rest of this commit"
  for suite in "${suites[@]}"; do
    read -ra words <<<"$suite"
    chosen=()
    for class in "${words[@]:1}"; do
      chosen+=(-class "CriAttach.${words[0]}.Tests.$class")
    done
    env "$2=$tree" "tests/${words[0]}/bin/Release/net10.0/CriAttach.${words[0]}.Tests" -noColor "${chosen[@]}" || status=1
  done
}
with gateways CRIATTACH_TEST_GATEWAY
with silos CRIATTACH_TEST_SILO
exit "$status"
