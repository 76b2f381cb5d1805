# shellcheck shell=bash
# Messages go to standard error: standard output is for what other programs read.

say() { printf 'cluster: %s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

wrong_usage() {
  say "error: $* (see e2e/cluster --help)"
  exit 2
}

# quietly COMMAND...: silent while it goes well; if not, its last line is in $reason
reason=''
quietly() {
  local code=0
  reason=$("$@" 2>&1) || code=$?
  reason=${reason##*$'\n'}
  return "$code"
}

# await SECONDS COMMAND...: until the command succeeds; false if it does not in time
await() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 0.2
  done
}

# among NAME NAMES...
among() {
  local name
  for name in "${@:2}"; do
    [[ $name != "$1" ]] || return 0
  done
  return 1
}

need_root() { ((EUID == 0)) || die "$subcommand needs root"; }

# write_file FILE < content: whole or not at all, and not where it says so already: programs watch their files
write_file() {
  cat >"$1.new"
  if cmp -s -- "$1.new" "$1"; then rm -f -- "$1.new"; else mv -f -- "$1.new" "$1"; fi
}
