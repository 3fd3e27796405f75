#!/usr/bin/env bash
# Checks the acceptance points with real silos, gateways and containers (conmon, runc; as root), one line each.
#
#   eng/acceptance.sh            in full: about an hour on a small machine
#   eng/acceptance.sh --quick    shortened; the same scenarios that tests/EndToEnd has CI run
#   eng/acceptance.sh [--quick] LETTERS    only those points, for example "ef"
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

case ${1:-} in
  -h | --help) sed -n '2,6s/^# \{0,1\}//p' eng/acceptance.sh; exit 0 ;;
esac
require_containers
require_dotnet
mkdir -p artifacts
build "artifacts/acceptance-build.log" tests/AcceptanceRunner/CriAttach.AcceptanceRunner.csproj
exec tests/AcceptanceRunner/bin/Release/net10.0/CriAttach.AcceptanceRunner "$@"
