#!/bin/sh
# The entry of a worker pod: runs the build's command ("$@") in the working directory, and sees to what the build itself
# should not have to know.
#
#  - The command gets a session and process group of its own. Nothing of it outlives the entry.
#  - After BUILD_DEADLINE_SECONDS, or when the entry is sent TERM, the command is sent TERM, and KILL 10 seconds later.
#  - When the command succeeded and BUILD_RESULTS_TARGET is set, BUILD_RESULTS is copied there, whole or not at all.
#  - At the end one JSON object, below 1 KiB, goes to TERMINATION_LOG:
#      exitCode          what the entry exits with (see below)
#      deadlineExceeded  the command was stopped because of its deadline
#      terminated        the command was stopped because the entry was sent TERM
#      oomKills          processes that the kernel killed for memory
#      memoryPeakBytes   largest sample of anonymous and shared memory, without page cache (0: unknown)
#      diskPeakBytes     largest sample of the disk in use below BUILD_SCRATCH (0: unknown)
#      cpuSeconds        CPU time of the command
#      results           copied, none or failed
#      message           what went wrong with the results
#
# Exit code: the command's own; 124 after the deadline, as of timeout(1); 122 if the results could not be copied.
#
# For POSIX shells (dash, bash, busybox); whatever tool an image lacks costs only what it was for. Shells start
# background commands with INT and QUIT ignored, which test suites do not expect: env --default-signal undoes that
# where there is one; with busybox alone they stay ignored.
#
# Further variables: HOME (created), BUILD_USAGE=process (no cgroup of its own: measure the processes of the session),
# BUILD_CGROUP (where cgroups are mounted), BUILD_GRACE_SECONDS (between TERM and KILL).
#
# ":" and "times" are never redirected to what may not be writable: a failing redirection of such builtins ends the shell.
set -u

cgroup=${BUILD_CGROUP:-/sys/fs/cgroup}
grace=${BUILD_GRACE_SECONDS:-10}
deadline=${BUILD_DEADLINE_SECONDS:-}
newline='
'
command_pid=''
state=''
terminated=false
interrupted=''

# Messages of shells about ended background processes would land in the build's log: only say() and the command write there.
exec 3>&2 2>/dev/null

say() {
    printf 'smart-dispatcher: %s\n' "$*" >&3
}

# ---- The command's processes -------------------------------------------------------------------------------------------

# Prints "PID PGRP RSS_PAGES" for each process of the command's session. The stat lines are split by the shell: one cat
# in place of one byte-wise read for every process.
session() {
    stats=$(cat /proc/[0-9]*/stat)
    set -f
    IFS=$newline
    for line in $stats; do
        case $line in
            *" $command_pid "*) ;;
            *) continue ;;
        esac
        # "PID (NAME) STATE PPID PGRP SESSION ...": the name may hold blanks and brackets.
        IFS=' '
        # shellcheck disable=SC2086 # split at blanks
        set -- ${line##*) }
        IFS=$newline
        [ "${4:-}" != "$command_pid" ] || printf '%s %s %s\n' "${line%% *}" "$3" "${22}"
    done
}

# Sends signal $1 to the command's group, and to those of its session that have left the group, as ninja's children do.
signal_command() {
    kill -s "$1" -- "-$command_pid" || kill -s "$1" "$command_pid"
    others=$(session | while read -r pid group _; do
        [ "$group" = "$command_pid" ] || printf '%s ' "$pid"
    done)
    # shellcheck disable=SC2086 # split into process ids
    [ -z "$others" ] || kill -s "$1" $others
}

# ---- Usage -------------------------------------------------------------------------------------------------------------

# Sets total to the sum of the numbers after the given keys in a file of "KEY NUMBER" lines.
sum_keys() {
    total=0
    [ -r "$1" ] || return 0
    while read -r key number _; do
        case " $2 " in
            *" $key "*) total=$((total + number)) ;;
        esac
    done <"$1"
}

# Sets total to the bytes of memory in use now. Page cache is left out: it is given back when memory runs short.
memory_now() {
    total=0
    if [ "${BUILD_USAGE:-}" = process ]; then
        # shellcheck disable=SC2046 # the numbers, three for each process
        set -- $(session)
        while [ "$#" -ge 3 ]; do
            total=$((total + $3 * page_size))
            shift 3
        done
    elif [ -r "$cgroup/memory/memory.stat" ]; then
        sum_keys "$cgroup/memory/memory.stat" 'total_rss total_shmem'
    else
        sum_keys "$cgroup/memory.stat" 'anon shmem'
    fi
}

# Sets total to the number of processes killed for memory since the container started.
oom_kills_now() {
    total=0
    [ "${BUILD_USAGE:-}" != process ] || return 0
    if [ -r "$cgroup/memory/memory.oom_control" ]; then
        sum_keys "$cgroup/memory/memory.oom_control" oom_kill
    else
        sum_keys "$cgroup/memory.events" oom_kill
    fi
}

# Sets total to the microseconds of CPU used until now; of processes already waited for, where there is no cgroup.
cpu_now() {
    total=0
    if [ "${BUILD_USAGE:-}" = process ]; then
        [ -d "$state" ] || return 0
        times >"$state/times"
        { read -r _ && read -r user system; } <"$state/times" || return 0
        for time in "$user" "$system"; do # 1m2.345s
            seconds=${time#*m}
            fraction=${seconds#*[.,]}00
            fraction=${fraction%"${fraction#??}"}
            total=$((total + (${time%%m*} * 60 + ${seconds%%[.,]*}) * 1000000 + (1$fraction - 100) * 10000))
        done
    elif [ -r "$cgroup/cpuacct/cpuacct.usage" ]; then
        read -r total <"$cgroup/cpuacct/cpuacct.usage" && total=$((total / 1000))
    elif [ -r "$cgroup/cpu,cpuacct/cpuacct.usage" ]; then
        read -r total <"$cgroup/cpu,cpuacct/cpuacct.usage" && total=$((total / 1000))
    else
        sum_keys "$cgroup/cpu.stat" usage_usec
    fi
}

# Raises disk_peak to the sum of what du wrote to $state/disk.
take_disk() {
    disk=0
    while read -r kib _; do
        disk=$((disk + kib * 1024))
    done <"$state/disk"
    [ "$disk" -le "$disk_peak" ] || disk_peak=$disk
}

measure_disk() {
    # shellcheck disable=SC2086 # a list of directories
    exec du -sk ${BUILD_SCRATCH:-} >"$state/disk"
}

# ---- The monitor: the entry's clock, beside the command ----------------------------------------------------------------

# Sets now to hundredths of a second of a clock that nobody sets.
clock() {
    if read -r now _ </proc/uptime; then
        now=${now%.*}${now#*.}
    else
        now=$((ticks * 100))
    fi
}

# Once a second: samples memory, enforces the deadline, and KILLs what TERM did not end. Every 15 seconds, or as rarely
# as its cost asks for (1 % of a core), it has du measure the disk. It ends at TERM, or within a second of the file
# $state/stop (bash, under load, was once seen to lose a trapped signal), and leaves its peaks in $state/usage.
monitor() {
    memory_peak=0
    disk_peak=0
    du_pid=''
    du_cost=0
    nap=''
    kill_at=''
    ticks=0
    trap end_monitor TERM
    clock
    began=$now
    du_at=$((now + 1500))
    while [ ! -e "$state/stop" ]; do
        memory_now
        [ "$total" -le "$memory_peak" ] || memory_peak=$total
        enforce
        disk_step
        sleep 1 &
        nap=$!
        wait "$nap"
        ticks=$((ticks + 1))
        clock
    done
    end_monitor
}

end_monitor() {
    # shellcheck disable=SC2086 # either may be empty
    kill $nap $du_pid
    printf '%s %s %s\n' "$memory_peak" "$disk_peak" "$du_cost" >"$state/usage"
    exit 0
}

enforce() {
    if [ -n "$kill_at" ]; then
        [ "$now" -lt "$kill_at" ] || signal_command KILL
    elif [ -e "$state/terminated" ]; then
        kill_at=$((now + grace * 100))
    elif [ -n "$deadline" ] && [ $((now - began)) -ge $((deadline * 100)) ]; then
        kill_at=$((now + grace * 100))
        true >"$state/deadline"
        say "deadline of $deadline s exceeded, stopping the build"
        signal_command TERM
    fi
}

disk_step() {
    [ -n "${BUILD_SCRATCH:-}" ] || return 0
    if [ -n "$du_pid" ]; then
        du_cost=$((now - du_began))
        ! kill -0 "$du_pid" || return 0
        du_pid=''
        take_disk
        du_at=$((du_began + 1500))
        # It took one tick at least: a quick one is not told from one of a second.
        [ "$du_cost" -lt 200 ] || du_at=$((now + du_cost * 100))
    elif [ "$now" -ge "$du_at" ]; then
        du_began=$now
        measure_disk &
        du_pid=$!
    fi
}

# ---- Results -----------------------------------------------------------------------------------------------------------

# Copies beside the target and renames, so that a half copy is never taken for results.
copy_results() {
    partial=$BUILD_RESULTS_TARGET.partial
    if rm -rf "$partial" && mkdir -p "$partial" && cp -R -P "$BUILD_RESULTS/." "$partial/" &&
        rm -rf "$BUILD_RESULTS_TARGET" && mv "$partial" "$BUILD_RESULTS_TARGET"; then
        return 0
    fi
    rm -rf "$partial" 2>/dev/null
    return 1
}

# ---- The run -----------------------------------------------------------------------------------------------------------

on_term() {
    interrupted=yes
    terminated=true
    true >"$state/terminated"
    [ -z "$command_pid" ] || signal_command TERM
}

# Waits for the command and sets code. A trapped signal ends wait early; then the command still is a child.
await_command() {
    while :; do
        interrupted=''
        wait "$command_pid"
        code=$?
        [ -n "$interrupted" ] || return 0
        kill -0 "$command_pid" || break
    done
    # It ended in the same moment: the shell still knows its code, unless it has told it already.
    wait "$command_pid"
    late=$?
    [ "$late" = 127 ] || code=$late
}

start_command() {
    # By a shell, so that the codes of what cannot be run (126, 127) are a shell's, whatever setsid does. It looks whether it
    # was to be stopped before it began: a fork that has not yet become another program can lose a signal.
    # shellcheck disable=SC2016 # for that shell to expand
    set -- /bin/sh -c '[ ! -e "$1/terminated" ] || exit 143; shift; exec "$@"' sh "$state" "$@"
    if command -v setsid >/dev/null; then
        set -- setsid "$@"
    fi
    if env --default-signal=INT,QUIT true; then
        set -- env --default-signal=INT,QUIT "$@"
    fi
    "$@" 2>&3 3>&- &
    command_pid=$!
}

trap on_term TERM INT HUP

HOME=${HOME:-${TMPDIR:-/tmp}}
export HOME
mkdir -p "$HOME" || say "cannot create the home directory $HOME"
if [ -n "${BUILD_RESULTS:-}" ]; then
    mkdir -p "$BUILD_RESULTS" || say "cannot create the results directory $BUILD_RESULTS"
fi
for base in "${TMPDIR:-/tmp}" /tmp "$HOME"; do
    state=$(mktemp -d "$base/smart-dispatcher.XXXXXX") && break
    state=$base/smart-dispatcher.$$
    mkdir "$state" && break
done
page_size=$(getconf PAGESIZE) || page_size=4096
cpu_now
cpu_before=$total
oom_kills_now
oom_before=$total
memory_peak=0
disk_peak=0
du_cost=0

if [ "$terminated" = true ]; then
    code=143
elif [ "$#" -eq 0 ]; then
    say 'there is no command'
    code=127
else
    start_command "$@"
    monitor >/dev/null &
    monitor_pid=$!
    # TERM may have come before there was anything to forward it to.
    [ "$terminated" = false ] || on_term
    await_command
    trap '' TERM INT HUP
    signal_command KILL
    cpu_now
    cpu=$((total - cpu_before))
    true >"$state/stop"
    kill -s TERM "$monitor_pid"
    wait "$monitor_pid"
    [ ! -r "$state/usage" ] || read -r memory_peak disk_peak du_cost <"$state/usage"
    # A last look at the disk, unless it would hold up the end for seconds.
    if [ -n "${BUILD_SCRATCH:-}" ] && [ "$du_cost" -lt 500 ]; then
        (measure_disk)
        take_disk
    fi
fi
oom_kills_now
oom_kills=$((total - oom_before))

message=''
results=none
deadline_exceeded=false
if [ -e "$state/deadline" ]; then
    deadline_exceeded=true
    code=124
fi
if [ "$code" -eq 0 ] && [ -n "${BUILD_RESULTS_TARGET:-}" ]; then
    if message=$(copy_results 2>&1); then
        results=copied
        message=''
    else
        results=failed
        code=122
        say "the results could not be copied: $message"
    fi
fi

# Without quotes, backslashes and control characters a text is its own JSON.
message=$(printf '%.300s' "$message" | tr '\n\t\042\134' '  \047/' | tr -d '\000-\037\177')
{
    printf '{"exitCode":%d,"deadlineExceeded":%s,"terminated":%s,' "$code" "$deadline_exceeded" "$terminated"
    printf '"oomKills":%d,"memoryPeakBytes":%d,"diskPeakBytes":%d,' "$oom_kills" "$memory_peak" "$disk_peak"
    printf '"cpuSeconds":%d,' "$(((${cpu:-0} + 500000) / 1000000))"
    printf '"results":"%s","message":"%s"}\n' "$results" "$message"
} >"${TERMINATION_LOG:-/dev/termination-log}"
rm -rf "$state"
exit "$code"
