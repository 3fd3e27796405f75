#!/bin/sh
# Measures CriAttach and Debian's containerd on this machine; needs root. Options: ./bench/run.sh --help
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -Hn)"
for project in Silo/CriAttach.Silo.csproj Gateway/CriAttach.Gateway.csproj bench/Load/CriAttach.Load.csproj; do
  dotnet build -c Release -v quiet -nologo "$top/$project" >&2
done
exec dotnet "$top/bench/Load/bin/Release/net10.0/CriAttach.Load.dll" "$@"
