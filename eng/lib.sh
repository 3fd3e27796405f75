# Functions that demo.sh, test.sh and .ci/run share. Sourced, not run; the caller stands in the repository's root.
# shellcheck shell=bash

# Progress, for people; what a script is for goes to standard output.
say() {
  printf '==> %s\n' "$*" >&2 || :
}

# The reason stays in $failure, for who has more to print before the end.
fail() {
  failure=$*
  printf 'error: %s\n' "$failure" >&2
  exit 1
}

is_root() {
  [ "$(id -u)" -eq 0 ]
}

# require_containers TOOL... - what runs containers for real, and the tools beside that.
require_containers() {
  local tool
  is_root || fail 'containers need root'
  for tool in conmon runc "$@"; do
    command -v "$tool" >/dev/null || fail "there is no $tool here"
  done
  [ -x /bin/busybox ] || fail 'there is no /bin/busybox here (package busybox-static)'
}

require_dotnet() {
  local version
  version=$(TERM=dumb dotnet --version 2>/dev/null) ||
    fail "there is no .NET 10 SDK here: install it from https://dotnet.microsoft.com/download/dotnet/10.0 and put 'dotnet' into the PATH"
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  say ".NET SDK $version"
}

# install PACKAGE... - by apt-get. Services that come along are not started.
install() {
  local guard=/usr/sbin/policy-rc.d guarded=0 status=0
  if [ ! -e "$guard" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
    guarded=1
  fi
  {
    DEBIAN_FRONTEND=noninteractive apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"
  } >&2 </dev/null || status=$?
  if [ "$guarded" -eq 1 ]; then
    rm -f "$guard"
  fi
  return "$status"
}

# fetch_clients - the Kubernetes clients that tests drive. Debian's kubectl is unpacked, not installed: a machine may have another one.
fetch_clients() {
  local target=artifacts/tools/kubectl-debian node=tests/Conformance/Clients/node archive
  if [ ! -x "$target/usr/bin/kubectl" ]; then
    archive=$(mktemp -d)
    (cd "$archive" && apt-get download -qq kubernetes-client) >&2 && mkdir -p "$target" && dpkg -x "$archive"/kubernetes-client_*.deb "$target" ||
      { rm -rf "$archive"; return 1; }
    rm -rf "$archive"
  fi
  if [ ! "$node/node_modules/.package-lock.json" -nt "$node/package-lock.json" ]; then
    npm ci --prefix "$node" --no-audit --no-fund --ignore-scripts >&2
  fi
}

# build_dashboard LOG - the gateway's page, where it is not built yet or its sources are newer. Before the gateway is built, which takes it along.
build_dashboard() {
  command -v npm >/dev/null || return 1
  (
    cd Dashboard
    if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
      npm ci --no-audit --no-fund --ignore-scripts
    fi
    # The stamp comes last: a build that failed half-way is none.
    stamp=dist/.built
    if [ ! -e "$stamp" ] || [ -n "$(find . -path ./node_modules -prune -o -path ./dist -prune -o -type f -newer "$stamp" -print -quit)" ]; then
      npm run build
      touch "$stamp"
    fi
  ) >>"$1" 2>&1 || { tail -n 40 "$1" >&2; return 1; }
}

# build LOG PROJECT... - Release, each project once; the end of the log is shown when it fails.
build() {
  local log=$1 project
  shift
  for project in "$@"; do
    # TERM: the compiler would send escape sequences to the terminal even though its output goes to a file.
    if ! TERM=dumb dotnet build "$project" -c Release -v minimal -clp:NoSummary >>"$log" 2>&1; then
      tail -n 40 "$log" >&2
      fail "$project does not build; the end of the compiler's output stands above"
    fi
  done
}

# free_port - prints a port of loopback on which nothing listens, below the range that the kernel gives out by itself.
free_port() {
  local port try
  for try in {1..100}; do
    port=$((20000 + (RANDOM % 12000)))
    case " ${given_ports:-} " in *" $port "*) continue ;; esac
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
  fail "found no free port of loopback in $try tries"
}

# make_rootfs DIRECTORY - a root file system of busybox and nothing else.
make_rootfs() {
  local root=$1 applet
  mkdir -p "$root"/{bin,dev,etc,proc,sys,root,tmp}
  chmod 1777 "$root/tmp"
  cp "$(readlink -f "$(command -v busybox)")" "$root/bin/busybox"
  for applet in $("$root/bin/busybox" --list); do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  printf 'root:x:0:0:root:/root:/bin/sh\n' >"$root/etc/passwd"
  printf 'root:x:0:\n' >"$root/etc/group"
}
