#!/usr/bin/env bash
# Breaks a cluster under load and accounts for every byte: real silos, gateways, Redis and containers (conmon, runc; as root), each silo and
# gateway in a network namespace of its own. A table, and last a line with the sums; exit status 0 only if nothing was lost silently or came twice.
#
#   eng/chaos.sh               the whole matrix, each fault 20 times: about three hours
#   eng/chaos.sh --quick       each fault twice, the long ones a fifth as long: under ten minutes
#   eng/chaos.sh --minutes N   after the matrix, faults by lot for so long
#   --runs N, --rate MB        how often, and how many megabytes a second PID 1 writes (50)
#   --verbose                  what clients are told of interruptions
#   eng/chaos.sh NAME...       only the faults whose names begin so, for example: gateway silo-kill
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

case ${1:-} in
  -h | --help) sed -n '2,10s/^# \{0,1\}//p' eng/chaos.sh; exit 0 ;;
esac
require_containers redis-server ip nsenter unshare
require_dotnet
mkdir -p artifacts
build "artifacts/chaos-build.log" tests/ChaosRunner/CriAttach.ChaosRunner.csproj
exec unshare --net tests/ChaosRunner/bin/Release/net10.0/CriAttach.ChaosRunner "$@"
