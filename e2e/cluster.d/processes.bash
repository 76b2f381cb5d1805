# shellcheck shell=bash
# Processes are known by a record of process id, start time and boot: an id alone may be somebody else's by now.
# records=$state/run/NAME, one line "PID START BOOT".

# Of one process that could be ours, never of init.
is_process_id() { [[ $1 =~ ^[1-9][0-9]{0,9}$ ]] && (($1 > 1)); }

boot() { cat /proc/sys/kernel/random/boot_id; }

# start_time PID: in ticks since the machine's start; false if there is no such process or it is a zombie
start_time() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) && [[ -n $stat ]] || return 1
  # The command's name, in brackets, may hold blanks and brackets.
  read -r -a stat <<<"${stat##*) }"
  [[ ${stat[0]} != [ZX] ]] && printf '%s\n' "${stat[19]}"
}

# record FILE PID: whole or not at all
record() {
  printf '%s %s %s\n' "$2" "$(start_time "$2")" "$(boot)" >"$1.$2" && mv -f -- "$1.$2" "$1"
}

# recorded FILE: prints the process id if that very process is alive
recorded() {
  local pid start booted
  read -r pid start booted 2>/dev/null <"$1" || return 1
  # To kill(1) 0 and negative numbers are many processes, -1 all of the machine.
  is_process_id "$pid" || return 1
  [[ $booted == "$(boot)" && -n $start && $start == "$(start_time "$pid")" ]] && printf '%s\n' "$pid"
}

process() { recorded "$state/run/$1"; }
running() { process "$1" >/dev/null; }
ended() { ! running "$1"; }

paused() {
  local pid
  pid=$(process "$1") && [[ $(sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null) == T* ]]
}

# signal_process NAME SIGNAL
signal_process() {
  local pid
  pid=$(process "$1") && kill -s "$2" "$pid" 2>/dev/null
}

# launch NAME PLACE COMMAND...: a daemon; PLACE "host" is outside of the cluster's namespaces.
# It records itself before it becomes the command, so that it is never running and unknown.
launch() {
  local name=$1 place=$2 enter=()
  shift 2
  [[ $place == host ]] || enter=(nsenter "--net=$state/ns/$place.net" "--mount=$state/ns/$place.mnt")
  mkdir -p -- "$state/run" "$state/logs"
  (
    trap - EXIT HUP INT TERM
    join_group "system/$name" "$BASHPID"
    record "$state/run/$name" "$BASHPID"
    cd /
    exec setsid "${enter[@]}" "$@" </dev/null >>"$state/logs/$name.log" 2>&1
  ) &
  await 60 running "$name" || die "$name did not start: $(last_words "$name")"
}

# end NAME: TERM, and KILL after 10 seconds
end() {
  running "$1" || return 0
  signal_process "$1" CONT || true
  signal_process "$1" TERM || true
  await 10 ended "$1" || { signal_process "$1" KILL && await 60 ended "$1"; } || die "$1 does not end"
}

last_words() {
  local words
  words=$(tail -n 1 -- "$state/logs/$1.log" 2>/dev/null)
  printf '%s (%s)' "${words:-no output}" "$state/logs/$1.log"
}

# --- one at a time ----------------------------------------------------------
# No file lock during the work: children would inherit it, and keep it when this script is killed.

lock_directory() {
  mkdir -p -- "$cache/cluster" 2>/dev/null && [[ -w $cache/cluster ]] || die "cannot write to $cache/cluster"
}

take_turn() {
  local other file=$cache/cluster/$prefix.turn
  lock_directory
  other=$(
    exec 9>"$cache/cluster/.lock"
    flock 9
    # A record that nobody alive has written is left from a killed one.
    recorded "$file" || record "$file" "$$"
  )
  [[ -z $other ]] || die "another e2e/cluster is running for \"$prefix\" (process $other)"
  trap 'rm -f -- "$cache/cluster/$prefix.turn"' EXIT
  trap 'interrupted 129' HUP
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
}

interrupted() {
  say "interrupted: \"e2e/cluster up\" continues, \"e2e/cluster down\" removes everything"
  exit "$1"
}
