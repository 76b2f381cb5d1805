#!/bin/sh
# The entry of a check's pod: runs a script, bounds what it can do, and reports how it ended.
#
#     check.sh [SETTING VALUE]... [--] SCRIPT
#
#   --report FILE         where the report goes (default /dev/termination-log)
#   --state DIR           a directory of the entry's own
#   --work DIR            the working directory of the script
#   --timeout SECONDS     longest run of the script
#   --processes NUMBER    most processes of its user
#   --file-size BYTES     largest file that it may write
#
#  - The script is run by /bin/sh -c in a session of its own. After the time-out it is killed, with all that it has started.
#  - The first 3 KiB of its output are reported, with "?" for whatever is not printable ASCII; the rest is read and dropped,
#    so that a script that prints without end meets its time-out and not a full pipe or disk.
#  - The first line of the report says how it ended: "smart-dispatcher-check: exited CODE", "... timeout", or "... unusable"
#    if the image lacks a tool that this entry needs.
#
# The script has this process's identity. As the first process of a container this shell is safe from its signals, and what
# is left of the script ends with it. If the script stops a helper of this shell, the pod's own deadline ends both.
#
# For POSIX shells (dash, bash, busybox).

set +aCefmvx
set -u
# Units of ulimit as elsewhere.
# shellcheck disable=SC3040 # of bash
[ -z "${BASH_VERSION-}" ] || set -o posix

report=/dev/termination-log
state=/smart-dispatcher/state
work=.
timeout=30
processes=64
file_size=67108864

while [ "$#" -ge 2 ]; do
    case $1 in
        --report) report=$2 ;;
        --state) state=$2 ;;
        --work) work=$2 ;;
        --timeout) timeout=$2 ;;
        --processes) processes=$2 ;;
        --file-size) file_size=$2 ;;
        *) break ;;
    esac
    shift 2
done
[ "${1-}" != -- ] || shift
script=${1-}

PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

for tool in cat dd mkfifo sleep tr; do
    if ! command -v "$tool" >/dev/null; then
        printf 'smart-dispatcher-check: unusable\nthe image has no %s\n' "$tool" >"$report"
        exit 126
    fi
done

# ---- Clock and processes -----------------------------------------------------------------------------------------------

# Sets now to seconds of a clock that nobody sets.
clock() {
    if read -r now _ </proc/uptime; then
        now=${now%.*}
    else
        now=$(date +%s)
    fi
}

# Whether the child of this shell with process id $1 runs: neither gone nor a zombie. A program's name may hold a line's end.
alive() {
    stat=''
    while read -r line; do
        stat=$line
    done 2>/dev/null <"/proc/$1/stat"
    case ${stat##*) } in
        '' | Z* | X*) return 1 ;;
    esac
}

nap() {
    sleep 0.1 2>/dev/null || sleep 1
}

# Sets the limits of this (sub)shell. dash and busybox call -p what bash calls -u.
# shellcheck disable=SC3045 # tried first
limit() {
    if (ulimit -u "$processes") 2>/dev/null; then
        ulimit -u "$processes"
    elif (ulimit -p "$processes") 2>/dev/null; then
        ulimit -p "$processes"
    fi
    if (ulimit -f "$((file_size / 512))") 2>/dev/null; then
        ulimit -f "$((file_size / 512))"
    fi
    if (ulimit -c 0) 2>/dev/null; then
        ulimit -c 0
    fi
}

# ---- Run ---------------------------------------------------------------------------------------------------------------

if ! mkfifo "$state/pipe" || ! : >"$state/output"; then
    printf 'smart-dispatcher-check: unusable\nnothing can be written in %s\n' "$state" >"$report"
    exit 126
fi
# Opened for both first: a pipe that is opened for one waits for the other.
exec 7<>"$state/pipe"
# shellcheck disable=SC2094 # two ends of a pipe
exec 8>"$state/pipe" 9<"$state/pipe" 7>&- 5<"$state/output"

# Byte by byte, so that what has been printed is there whenever the script, or this, is stopped.
{
    dd bs=1 count=3072 2>/dev/null >"$state/output"
    exec cat >/dev/null
} <&9 8>&- 9<&- 5<&- &
collector=$!

session=''
! command -v setsid >/dev/null || session=setsid
(
    exec </dev/null >&8 2>&1 8>&- 9<&- 5<&-
    limit
    cd "$work" || exit 126
    exec $session /bin/sh -c "$script" check
) &
child=$!
exec 8>&- 9<&-

clock
end=$((now + timeout))
timed_out=''
while alive "$child"; do
    clock
    if [ "$now" -ge "$end" ]; then
        timed_out=yes
        break
    fi
    nap
done

if [ -n "$timed_out" ]; then
    kill -s KILL -- "-$child" 2>/dev/null || kill -s KILL "$child" 2>/dev/null
    tries=0
    while alive "$child" && [ "$tries" -lt 20 ]; do
        nap
        tries=$((tries + 1))
    done
    how=timeout
    code=124
else
    wait "$child"
    code=$?
    how="exited $code"
    # What the script has left behind.
    kill -s KILL -- "-$child" 2>/dev/null
fi

# ---- Report ------------------------------------------------------------------------------------------------------------

# The collector ends with the last process that holds the pipe, which may have left the session.
tries=0
while alive "$collector" && [ "$tries" -lt 10 ]; do
    nap
    tries=$((tries + 1))
done
kill -s KILL "$collector" 2>/dev/null
output=$(LC_ALL=C tr -c '\011\012\040-\176' '?' <&5)
printf 'smart-dispatcher-check: %s\n%s\n' "$how" "$output" >"$report"
printf '%s\n' "$output"
exit "$code"
