#!/bin/sh
# Measures CriAttach and Debian's containerd on this machine; needs root. See ./bench/run.sh --help.
set -eu
cd "$(dirname "$0")/.."
ulimit -n 20000 2>/dev/null || ulimit -n "$(ulimit -Hn)"
for project in Silo/CriAttach.Silo.csproj Gateway/CriAttach.Gateway.csproj bench/Load/CriAttach.Load.csproj; do
  dotnet build -c Release -v quiet -nologo "$project"
done
exec dotnet bench/Load/bin/Release/net10.0/CriAttach.Load.dll "$@"
