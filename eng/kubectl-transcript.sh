#!/usr/bin/env bash
# Runs Debian's kubectl against a gateway with real containers on two nodes (as root), and writes what is seen into docs/kubectl.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib.sh
. eng/lib.sh

readonly page=docs/kubectl.md begin='<!-- transcript -->' end='<!-- end of transcript -->'
is_root || fail 'containers need root'
require_dotnet
fetch_clients || fail "the Kubernetes clients could not be fetched: that takes Debian's apt-get, and npm"
mkdir -p artifacts
build artifacts/transcript-build.log tests/AcceptanceRunner/CriAttach.AcceptanceRunner.csproj
transcript=$(tests/AcceptanceRunner/bin/Release/net10.0/CriAttach.AcceptanceRunner --kubectl-transcript)
{
  sed "/^$begin\$/q" "$page"
  printf '```\n%s\n```\n' "$transcript"
  sed -n "/^$end\$/,\$p" "$page"
} >artifacts/kubectl.md
mv artifacts/kubectl.md "$page"
say "$page is written anew"
