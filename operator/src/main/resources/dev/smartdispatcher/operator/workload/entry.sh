#!/bin/sh
# The entry of a worker pod: runs the build's command in the working directory, and sees to what the build itself should
# not have to know.
#
#     entry.sh [SETTING VALUE]... [--] COMMAND [ARGUMENT]...
#
#   --report FILE             where the report goes (default /dev/termination-log)
#   --state DIR               a directory of the entry's own (default: one below /tmp or HOME)
#   --deadline SECONDS        longest run of the command, from its start (default: none)
#   --deadline-file FILE      holds a deadline that counts instead, and may change while the command runs
#   --idle-deadline SECONDS   the command is stopped if it neither writes output nor uses CPU for so long: less than a
#                             hundredth of a core (default: it is not; nor where the image lacks what the output is kept with)
#   --clock FILE              where the first entry of a pod writes when it began: the deadline counts from there in all of them
#   --grace SECONDS           from TERM to KILL (default 10)
#   --scratch DIR             on the scratch disk, which is measured; may be given more than once
#   --results DIR             where the command leaves its results; made before it starts
#   --keep DIR                where results and log are kept (default: nowhere)
#   --log-size BYTES          most that is kept of the log (default 0: nothing)
#   --failed-results-size BYTES   most that is kept of the results of a command that failed (default 0: nothing)
#   --user UID:GID            whose the directories made for the command and the kept files are (default: this process's)
#   --install-report FILE     where the installer that comes before the command leaves its report
#   --installed FILE          where it leaves the list of what is installed, which is kept beside the results
#   --jobs N                  how many processes the command may run; the variables by which tools learn it have this number
#                             unless the job sets them (default: they stay as they are)
#   --image ARCHITECTURES     those that the image may be of, separated by commas; with another one the command does not run
#                             (default: any)
#   --image-program FILE      the program of the image that shows its architecture (default /bin/sh)
#   --personality 32          the command runs with the personality of a 32-bit machine, where the kernel is a 64-bit one; where
#                             the image cannot give it, the command does not run (default: the kernel's own)
#   --cgroup DIR              where the cgroups are mounted (default /sys/fs/cgroup for the first process of a container;
#                             else there is none, and the processes of the command are measured)
#
#  - The command gets a session and process group of its own. Nothing of it outlives the entry.
#  - After its deadline, or when the entry is sent TERM, the command is sent TERM, and KILL after the grace.
#  - When the command succeeded, its results are copied to DIR of --keep, whole or not at all. Of a command that failed, as
#    much is kept as fits. The log goes there while it is written, and is compressed at the end: "log.gz" or "log".
#  - At the end one JSON object, of 4 KiB at most, goes to the report. What is not known is left out.
#      exitCode          what the entry exits with (see below)
#      deadlineExceeded  the command was stopped because of its deadline
#      deadlineSeconds   its deadline
#      idleDeadlineExceeded  the command was stopped because of its idle deadline
#      idleDeadlineSeconds   its idle deadline
#      terminated        the command was stopped because the entry was sent TERM
#      oomKills          processes that the kernel killed for memory
#      outOfDisk         the command failed, and the scratch disk was full
#      memoryPeakBytes   largest sample of anonymous and shared memory, without page cache; if the kernel killed for
#                        memory: what it says itself
#      memoryBoundBytes  the kernel's own peak, which counts page cache too: no more was in use
#      diskPeakBytes     largest sample of the disk in use below the scratch directories
#      cpuSeconds        CPU time of the command
#      results           copied, none, failed; of a command that failed: kept, none
#      logKept           the log is in DIR of --keep
#      install           text of the installer's report
#      notRun            why the command did not run at all: WrongImageArchitecture, EntryNotRunnable
#      message           why it did not run, what went wrong with the results, or what of them was left out
#      lastLines         of a command that failed: the end of its output, 2 KiB at most
#
# Exit code: the command's own, 123 if an installer before it failed; 124 after a deadline, as of timeout(1); 122 if the
# results could not be copied; 126 if the image cannot run the command as it should run.
#
# The command has this process's identity, so it may kill, stop or remove whatever the entry uses. The first process of a
# container alone is safe from its signals: so this shell keeps the clock and all that is known in itself, starts anew
# what helps it, and reaches its files by descriptors that stay open. Two pipes carry the output:
#
#     command --9--> pipe --7--> tee --> the container's log (4)
#                                 `----> pipe --8--> keeper --> the kept log, and the end of it in a file (5)
#
# This shell holds the ends 7, 8 and 9 itself: when a helper is killed, no more is lost than it had in its hands, and nobody
# gets SIGPIPE.
#
# For POSIX shells (dash, bash, busybox); whatever tool an image lacks costs only what it was for. Shells start
# background commands with INT and QUIT ignored, which test suites do not expect: env --default-signal undoes that
# where there is one; with busybox alone they stay ignored.
#
# ":" and "exec" are never redirected to what may not be there: a failing redirection of such builtins ends the shell.

# A job may set any variable. Names of the entry's own begin with _sd_; _sd_run_command hands on what a job set by them.
# What SHELLOPTS has bash do is undone, too; with the environment's libraries the tools of the image may not run.
set +aCefmvx
set -u
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT
_sd_newline='
'

# ---- Settings ----------------------------------------------------------------------------------------------------------

_sd_report=/dev/termination-log
_sd_state=''
_sd_deadline=''
_sd_deadline_file=''
_sd_idle_deadline=''
_sd_grace=10
_sd_scratch=''
_sd_results=''
_sd_keep=''
_sd_log_size=0
_sd_failed_size=0
_sd_clock_file=''
_sd_user=''
_sd_install_report=''
_sd_installed=''
_sd_jobs=''
_sd_image=''
_sd_image_program=/bin/sh
_sd_bits=''
_sd_cgroup=''
[ "$$" -ne 1 ] || _sd_cgroup=/sys/fs/cgroup

while [ "$#" -ge 2 ]; do
    case $1 in
        --report) _sd_report=$2 ;;
        --state) _sd_state=$2 ;;
        --deadline) _sd_deadline=$2 ;;
        --deadline-file) _sd_deadline_file=$2 ;;
        --idle-deadline) _sd_idle_deadline=$2 ;;
        --grace) _sd_grace=$2 ;;
        --scratch) _sd_scratch="$_sd_scratch $2" ;;
        --results) _sd_results=$2 ;;
        --keep) _sd_keep=$2 ;;
        --log-size) _sd_log_size=$2 ;;
        --failed-results-size) _sd_failed_size=$2 ;;
        --clock) _sd_clock_file=$2 ;;
        --user) _sd_user=$2 ;;
        --install-report) _sd_install_report=$2 ;;
        --installed) _sd_installed=$2 ;;
        --jobs) _sd_jobs=$2 ;;
        --image) _sd_image=$2 ;;
        --image-program) _sd_image_program=$2 ;;
        --personality) _sd_bits=$2 ;;
        --cgroup) _sd_cgroup=$2 ;;
        *) break ;;
    esac
    shift 2
done
[ "${1-}" != -- ] || shift

# The system's tools before those of a PATH that the job sets: the build may be about to make its own.
_sd_path=${PATH-}
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin${_sd_path:+:$_sd_path}

# ---- Clock -------------------------------------------------------------------------------------------------------------

# Sets _sd_now to hundredths of a second of a clock that nobody sets.
_sd_clock() {
    if read -r _sd_now _ </proc/uptime; then
        _sd_cents=${_sd_now#*.}00
        _sd_cents=${_sd_cents%"${_sd_cents#??}"}
        _sd_now=$((${_sd_now%.*} * 100 + 1$_sd_cents - 100))
    else
        _sd_now=$((_sd_ticks * 100))
    fi
}

# Sets _sd_stat to the line of process $1 in proc(5), or to its last one: a program's name may hold a line's end. Fails if
# there is no such process.
_sd_read_stat() {
    _sd_stat=''
    while read -r _sd_line; do
        _sd_stat=$_sd_line
    done <"/proc/$1/stat"
    [ -n "$_sd_stat" ]
}

# Whether the child of this shell with process id $1 runs. Sets _sd_letter to its state.
_sd_alive() {
    _sd_letter=''
    if _sd_read_stat "$1"; then
        # shellcheck disable=SC2086 # split at blanks
        set -- ${_sd_stat##*) }
        _sd_letter=$1
        [ "$1" != Z ] && [ "$1" != X ] && [ "$2" = "$$" ]
    else
        [ ! -e /proc/uptime ] && kill -s 0 "$1"
    fi
}

# Returns when this shell has noted the end of child $1, which is over. If bash 5.2 is told to wait for a child whose end it
# notes at that very moment, it waits for the end of another one instead, maybe for ever: 6 of 1,334 builds that got TERM.
_sd_note_end() {
    [ -n "$_sd_bash" ] || return 0
    _sd_tries=0
    while [ "$_sd_tries" -lt 1000 ] && kill -s 0 "$1"; do
        _sd_tries=$((_sd_tries + 1))
    done
}

# Waits for $1 hundredths of a second, less if one of the further children ends, if a signal comes, or if somebody kills
# what it waits with. Without a sleep(1) that knows fractions it finds something else.
_sd_nap() {
    _sd_nap_time=$1
    shift
    _sd_cents=$((100 + _sd_nap_time % 100))
    _sd_cents=$((_sd_nap_time / 100)).${_sd_cents#1}
    case $_sd_timer in
        sleep) sleep "$_sd_cents" 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        whole) sleep "$(((_sd_nap_time + 99) / 100))" 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        busybox) busybox sleep 1 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        read) read -r -t 1 _ <>"$_sd_state/nap" 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        perl) perl -e 'select undef, undef, undef, shift' "$_sd_cents" 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        python) python3 -c 'import sys, time; time.sleep(float(sys.argv[1]))' "$_sd_cents" \
            3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
        *) _sd_spin "$_sd_nap_time" 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- & ;;
    esac
    _sd_nap=$!
    while :; do
        _sd_interrupted=''
        for _sd_child in "$@"; do
            _sd_alive "$_sd_child" || return 0
        done
        wait "$_sd_nap"
        _sd_slept=$?
        _sd_alive "$_sd_nap" || break
        if [ "$_sd_letter" = T ]; then
            kill -s KILL "$_sd_nap"
            return 0
        fi
        [ -z "$_sd_interrupted" ] || return 0
    done
    if [ -n "$_sd_bash" ]; then
        # It says that the end of a child has ended the wait, be it that of this one.
        _sd_note_end "$_sd_nap"
        wait "$_sd_nap"
        _sd_slept=$?
    fi
    # An error, which is no signal: there is no such program, or it does not know fractions.
    if [ "$_sd_slept" -gt 0 ] && [ "$_sd_slept" -lt 128 ]; then
        case $_sd_timer in
            sleep) _sd_timer=whole ;;
            whole) _sd_timer=busybox ;;
            busybox) _sd_timer=read ;;
            read)
                # A read that has waited ends with an error too.
                _sd_began=$_sd_now
                _sd_clock
                [ $((_sd_now - _sd_began)) -ge 50 ] || _sd_timer=perl
                ;;
            perl) _sd_timer=python ;;
            *) _sd_timer=spin ;;
        esac
    fi
}

# The last resort of an image that has nothing to wait with: it costs CPU time, and the deadline holds.
_sd_spin() {
    _sd_clock
    _sd_until=$((_sd_now + $1))
    while [ "$_sd_now" -lt "$_sd_until" ]; do
        _sd_clock
    done
}

# ---- Architecture ------------------------------------------------------------------------------------------------------

# Prints the architecture that program $1 is for, by its ELF header; nothing if it cannot be determined. What read leaves
# of the header is without its zeros: class, byte order, version, whose rules (if any), type, machine, version.
_sd_architecture() (
    LC_ALL=C
    _sd_header=''
    IFS= read -r _sd_header <"$1"
    _sd_elf=$(printf '\177ELF')
    _sd_one=$(printf '\001')
    _sd_two=$(printf '\002')
    _sd_three=$(printf '\003')
    case $_sd_header in
        "$_sd_elf$_sd_one$_sd_one$_sd_one"*) set -- '003 i586' '050 armv7l' ;;
        "$_sd_elf$_sd_two$_sd_one$_sd_one"*) set -- '076 x86_64' '267 aarch64' '025 ppc64le' '363 riscv64' '002\001 loongarch64' ;;
        "$_sd_elf$_sd_two$_sd_two$_sd_one"*) set -- '026 s390x' '025 ppc64' ;;
        *) exit 0 ;;
    esac
    _sd_header=${_sd_header#???????}
    for _sd_known in "$@"; do
        # shellcheck disable=SC2059 # an octal number for printf to interpret
        _sd_machine=$(printf "\\${_sd_known%% *}")$_sd_one
        for _sd_type in "$_sd_two" "$_sd_three"; do
            case $_sd_header in
                "$_sd_type$_sd_machine"* | ?"$_sd_type$_sd_machine"* | ??"$_sd_type$_sd_machine"*)
                    printf '%s' "${_sd_known#* }"
                    exit 0
                    ;;
            esac
        done
    done
)

# Whether the image is of an architecture that it may be of, as far as that can be determined.
_sd_check_image() {
    [ -n "$_sd_image" ] || return 0
    _sd_found=$(_sd_architecture "$_sd_image_program")
    case ,$_sd_image, in
        *",$_sd_found,"*) return 0 ;;
    esac
    [ -n "$_sd_found" ] || return 0
    _sd_not_run=WrongImageArchitecture
    _sd_message="the image is for $_sd_found, but the build needs one for ${_sd_image%%,*}"
    return 1
}

# Sets _sd_personality to what is put before the command so that it sees a 32-bit machine; to nothing where the kernel is one.
_sd_find_personality() {
    _sd_personality=''
    [ "$_sd_bits" = 32 ] || return 0
    case $(uname -m) in
        i?86 | arm*) return 0 ;;
    esac
    for _sd_try in linux32 'setarch linux32' 'busybox linux32' 'busybox setarch linux32'; do
        _sd_program=$(command -v "${_sd_try%% *}") || continue
        case $_sd_try in
            *' '*) _sd_program="$_sd_program ${_sd_try#* }" ;;
        esac
        # shellcheck disable=SC2016,SC2086 # for that shell to expand; a program and its arguments
        case $($_sd_program /bin/sh -c 'read -r _sd_own </proc/self/personality; echo "$_sd_own $(uname -m)"') in
            ???????8\ * | *\ i?86 | *\ arm*)
                _sd_personality=$_sd_program
                return 0
                ;;
        esac
    done
    _sd_not_run=EntryNotRunnable
    _sd_message='the build needs the personality of a 32-bit machine, which the image cannot give: it needs linux32 or setarch'
    _sd_message="$_sd_message (util-linux or busybox), and the node has to allow personality(2)"
    return 1
}

# ---- The command's processes -------------------------------------------------------------------------------------------

# Prints "PID PGRP RSS_PAGES" for each process of the command: those of its session; and if this is the first process of a
# container, all whose session is not this shell's own. The stat lines are split by the shell: one cat in place of one
# byte-wise read for every process.
_sd_processes() {
    _sd_stats=$(cat /proc/[0-9]*/stat)
    set -f
    IFS=$_sd_newline
    for _sd_stat in $_sd_stats; do
        # "PID (NAME) STATE PPID PGRP SESSION ...": the name may hold blanks and brackets.
        IFS=' '
        # shellcheck disable=SC2086 # split at blanks
        set -- ${_sd_stat##*) }
        IFS=$_sd_newline
        [ "$#" -ge 22 ] || continue
        # The rest of a name that holds a line's end: who has such a name is left to the end of the container.
        case ${_sd_stat%% *} in
            *[!0-9]*) continue ;;
        esac
        if [ "$4" = "$_sd_command" ] || { [ -n "$_sd_session" ] && [ "$4" != "$_sd_session" ]; }; then
            printf '%s %s %s\n' "${_sd_stat%% *}" "$3" "${22}"
        fi
    done
}

# Sends signal $1 to the command's group, and to those of its processes that have left the group, as ninja's children do.
_sd_signal() {
    kill -s "$1" -- "-$_sd_command" || kill -s "$1" "$_sd_command"
    _sd_others=$(_sd_processes | while read -r _sd_pid _sd_group _; do
        [ "$_sd_group" = "$_sd_command" ] || printf '%s ' "$_sd_pid"
    done)
    # shellcheck disable=SC2086 # split into process ids
    [ -z "$_sd_others" ] || kill -s "$1" $_sd_others
}

# ---- Output ------------------------------------------------------------------------------------------------------------

# Writes a line of the entry's own into the log, aside: a log that nobody reads must not hold up the clock.
_sd_say() {
    if [ -n "$_sd_pipes" ]; then
        printf 'smart-dispatcher: %s\n' "$*" 3>&- 4>&- >&9 &
    else
        printf 'smart-dispatcher: %s\n' "$*" >&3 &
    fi
}

# Makes the pipes and the files behind descriptors 5 to 9, as far as there is a place for them and the tools are there.
_sd_open() {
    for _sd_dir in "$_sd_state" /tmp "${HOME:-/}" /var/tmp; do
        [ -n "$_sd_dir" ] && [ -d "$_sd_dir" ] || continue
        if [ "$_sd_dir" != "$_sd_state" ]; then
            _sd_made=$_sd_dir/smart-dispatcher.$$
            mkdir -m 700 "$_sd_made" || _sd_made=$(mktemp -d "$_sd_dir/smart-dispatcher.XXXXXX") || continue
            _sd_state=$_sd_made
        fi
        true >"$_sd_state/disk" && true >"$_sd_state/end" && break
    done
    [ -w "$_sd_state/end" ] || return 0
    # A command of another user changes nothing there: neither the installer's report, nor what this shell will open.
    [ -z "$_sd_user" ] || chmod go-w "$_sd_state"
    exec 6<>"$_sd_state/disk" 5<>"$_sd_state/end"
    command -v tee && command -v tail && command -v head || return 0
    mkfifo -m 622 "$_sd_state/out" "$_sd_state/keep" "$_sd_state/nap" || return 0
    # Opened both ways, an end of a pipe does not wait for the other one.
    exec 0<>"$_sd_state/out" 7<"$_sd_state/out" 9>"$_sd_state/out" 8<>"$_sd_state/keep" 0</dev/null
    _sd_pipes=yes
}

# Copies the command's output to the container's log, and to the keeper.
_sd_start_tee() {
    (
        trap '' PIPE
        exec tee /proc/self/fd/8 <&7 >&4 3>&- 4>&- 5>&- 6>&- 7<&- 9>&-
    ) &
    _sd_tee=$!
}

# Keeps the beginning of the log in DIR of --keep as it comes, and the end of what is more than that in memory, to be
# written behind descriptor 5 at the end of the output.
_sd_start_keeper() {
    if [ -n "$_sd_keep" ] && [ "$_sd_log_size" -gt 0 ]; then
        if [ -n "$_sd_keeper" ]; then
            # Aside: the command may have made a pipe of the log.
            (mkdir -p "$_sd_keep" && _sd_keep_output "$(wc -c <"$_sd_keep/log" || echo 0)" >>"$_sd_keep/log") &
            _sd_keeper=$!
            return 0
        fi
        # What a job of the same name left goes, and the log is opened, before there is a command that might put a link there.
        _sd_remove "$_sd_keep"
        _sd_remove "$_sd_keep.partial"
        mkdir -p "$_sd_keep"
        if { _sd_keep_output 0 & } >>"$_sd_keep/log"; then
            _sd_keeper=$!
            return 0
        fi
    fi
    tail -c "$_sd_end_size" </proc/self/fd/8 >/proc/self/fd/5 3>&- 4>&- 7<&- 8<&- 9>&- &
    _sd_keeper=$!
}

# The keeper, whose output is the kept log, of which $1 bytes are there.
_sd_keep_output() {
    exec </proc/self/fd/8 3>&- 4>&- 7<&- 8<&- 9>&-
    [ "$1" -ge "$_sd_log_head" ] || head -c "$((_sd_log_head - $1))"
    exec tail -c "$_sd_end_size" >/proc/self/fd/5
}

# Starts anew what was killed, and lets go on what was stopped.
_sd_mend_output() {
    [ -n "$_sd_pipes" ] || return 0
    _sd_alive "$_sd_tee" || _sd_start_tee
    _sd_alive "$_sd_keeper" || _sd_start_keeper
    kill -s CONT "$_sd_tee" "$_sd_keeper"
}

# Ends the output, when the command has ended: $1 hundredths of a second are given to what reads it.
_sd_close_output() {
    [ -n "$_sd_pipes" ] || return 0
    _sd_mend_output
    _sd_pipes=''
    exec 9>&-
    _sd_clock
    _sd_until=$((_sd_now + $1))
    while _sd_alive "$_sd_tee" && [ "$_sd_now" -lt "$_sd_until" ]; do
        _sd_nap 5 "$_sd_tee"
        _sd_clock
    done
    kill -s KILL "$_sd_tee"
    exec 8>&-
    while _sd_alive "$_sd_keeper" && [ "$_sd_now" -lt $((_sd_until + 100)) ]; do
        _sd_nap 5 "$_sd_keeper"
        _sd_clock
    done
    kill -s KILL "$_sd_keeper"
}

# Prints the end of the output, of $1 bytes at most, as it is; from a line's beginning, where there is one.
_sd_output_end() {
    {
        [ -z "$_sd_keep" ] || [ ! -f "$_sd_keep/log" ] || tail -c "$1" "$_sd_keep/log"
        tail -c "$1" /proc/self/fd/5
    } | tail -c "$1" | tr -d '\000'
}

# Completes the kept log: the end of one that is longer than it may be, and compressed, unless there is no time for it.
_sd_close_log() {
    [ -n "$_sd_keep" ] && [ -f "$_sd_keep/log" ] && [ -s "$_sd_keep/log" ] || return 0
    if [ -s /proc/self/fd/5 ]; then
        printf '\nsmart-dispatcher: the log is longer than %s bytes; its end:\n' "$_sd_log_size" >>"$_sd_keep/log"
        cat /proc/self/fd/5 >>"$_sd_keep/log"
    fi
    _sd_log_kept=true
    [ "$_sd_terminated" = true ] || gzip -f "$_sd_keep/log"
}

# ---- Memory and CPU ----------------------------------------------------------------------------------------------------

# Sets _sd_total to the sum of the numbers after the given keys in a file of "KEY NUMBER" lines; fails if there is none.
_sd_sum() {
    _sd_total=0
    _sd_found=''
    [ -r "$1" ] || return 1
    while read -r _sd_key _sd_number _; do
        case " $2 " in
            *" $_sd_key "*)
                _sd_total=$((_sd_total + _sd_number))
                _sd_found=yes
                ;;
        esac
    done <"$1"
    [ -n "$_sd_found" ]
}

# Sets _sd_total to the number in the first of the files that holds one; fails if none does.
_sd_number_in() {
    for _sd_file in "$@"; do
        if read -r _sd_total _ <"$_sd_file"; then
            case $_sd_total in
                '' | *[!0-9]* | ???????????????????*) ;;
                *) return 0 ;;
            esac
        fi
    done
    return 1
}

# Raises _sd_memory_peak to the bytes of memory in use now. Page cache is left out: it is given back when memory runs short.
_sd_sample_memory() {
    if [ -z "$_sd_cgroup" ]; then
        _sd_total=0
        # shellcheck disable=SC2046 # the numbers, three for each process
        set -- $(_sd_processes)
        [ "$#" -gt 0 ] || return 0
        [ -n "$_sd_page_size" ] || _sd_page_size=$(getconf PAGESIZE) || _sd_page_size=4096
        while [ "$#" -ge 3 ]; do
            _sd_total=$((_sd_total + $3 * _sd_page_size))
            shift 3
        done
    else
        _sd_sum "$_sd_cgroup/memory/memory.stat" 'total_rss total_shmem' ||
            _sd_sum "$_sd_cgroup/memory.stat" 'anon shmem' || return 0
    fi
    [ "$_sd_total" -le "${_sd_memory_peak:-0}" ] || _sd_memory_peak=$_sd_total
}

# Sets _sd_total to the number of processes killed for memory since the container started.
_sd_oom_kills_now() {
    [ -n "$_sd_cgroup" ] && {
        _sd_sum "$_sd_cgroup/memory/memory.oom_control" oom_kill || _sd_sum "$_sd_cgroup/memory.events" oom_kill
    } || _sd_total=0
}

# Sets _sd_total to the microseconds of CPU used until now; of processes already waited for, where there is no cgroup.
_sd_cpu_now() {
    if [ -z "$_sd_cgroup" ]; then
        read -r _sd_stat <"/proc/$$/stat" || return 1
        # shellcheck disable=SC2086 # split at blanks
        set -- ${_sd_stat##*) }
        # cutime and cstime, in the hundredths of a second of proc(5).
        _sd_total=$(((${14} + ${15}) * 10000))
    elif _sd_number_in "$_sd_cgroup/cpuacct/cpuacct.usage" "$_sd_cgroup/cpu,cpuacct/cpuacct.usage"; then
        _sd_total=$((_sd_total / 1000))
    else
        _sd_sum "$_sd_cgroup/cpu.stat" usage_usec
    fi
}

# What the kernel itself knows, when the command has ended.
_sd_bound_memory() {
    [ -n "$_sd_cgroup" ] || return 0
    if _sd_number_in "$_sd_cgroup/memory/memory.max_usage_in_bytes" "$_sd_cgroup/memory.peak" && [ "$_sd_total" -gt 0 ]; then
        _sd_memory_bound=$_sd_total
        [ "${_sd_memory_peak:-0}" -le "$_sd_memory_bound" ] || _sd_memory_peak=$_sd_memory_bound
    fi
    # What was killed for memory needed all there was, whatever was seen of it. 2^60: no limit.
    if [ "$_sd_oom_kills" -gt 0 ]; then
        _sd_memory_peak=$_sd_memory_bound
        if _sd_number_in "$_sd_cgroup/memory/memory.limit_in_bytes" "$_sd_cgroup/memory.max" &&
            [ "$_sd_total" -lt 1152921504606846976 ]; then
            _sd_memory_peak=$_sd_total
        fi
    fi
}

# ---- Disk --------------------------------------------------------------------------------------------------------------

# Raises _sd_disk_peak to the sum of what du wrote behind descriptor 6.
_sd_take_disk() {
    _sd_total=0
    while read -r _sd_kib _; do
        _sd_total=$((_sd_total + _sd_kib * 1024))
    done </proc/self/fd/6
    [ "$_sd_total" -le "${_sd_disk_peak:-0}" ] || _sd_disk_peak=$_sd_total
}

_sd_measure_disk() {
    # shellcheck disable=SC2086 # a list of directories
    du -sk $_sd_scratch >/proc/self/fd/6 3>&- 4>&- 7<&- 8<&- 9>&-
}

# Has du measure the disk: after a second, more and more rarely, each 15 seconds in the end, or as rarely as its cost asks
# for (1 % of a core).
_sd_disk_step() {
    [ -n "$_sd_scratch" ] || return 0
    if [ -n "$_sd_du" ]; then
        _sd_du_cost=$((_sd_now - _sd_du_began))
        ! _sd_alive "$_sd_du" || return 0
        _sd_du=''
        _sd_take_disk
        _sd_du_at=$((_sd_now + (_sd_now - _sd_start) / 2))
        [ "$_sd_du_at" -le $((_sd_now + 1500)) ] || _sd_du_at=$((_sd_now + 1500))
        # It took one nap at least: a quick one is not told from one of a second.
        [ "$_sd_du_cost" -lt 200 ] || _sd_du_at=$((_sd_now + _sd_du_cost * 100))
    elif [ "$_sd_now" -ge "$_sd_du_at" ]; then
        _sd_du_began=$_sd_now
        _sd_measure_disk &
        _sd_du=$!
    fi
}

# Looks whether a scratch disk is full, by what an ordinary user may still write: less than 1 MiB or a thousandth, or no
# inode. _sd_tight: less than a twentieth, so that one large file may not have fitted.
_sd_look_for_space() {
    [ -n "$_sd_scratch" ] || return 0
    # shellcheck disable=SC2046,SC2086 # five numbers for each of a list of directories
    set -- $(stat -f -c '%a %b %S %d %c' $_sd_scratch 3>&- 4>&- 7<&- 8<&- 9>&-)
    while [ "$#" -ge 5 ]; do
        if [ $(($1 * $3)) -lt 1048576 ] || [ $(($1 * 1000)) -lt "$2" ] || { [ "$5" -gt 0 ] && [ "$4" -lt 8 ]; }; then
            _sd_full=yes
        elif [ $(($1 * 20)) -lt "$2" ] || { [ "$5" -gt 0 ] && [ $(($4 * 20)) -lt "$5" ]; }; then
            _sd_tight=yes
        fi
        shift 5
    done
}

# Whether a command that failed did so since its scratch disk was full: as seen; or, if it was nearly so, as the end of its
# output says. A quota leaves room that nobody but the kernel knows of. Words alone may be about /dev/full or inotify.
_sd_judge_disk() {
    _sd_look_for_space
    case $_sd_end in
        *'Disk quota exceeded'*) _sd_full=yes ;;
        *'No space left on device'*) [ -z "$_sd_tight" ] || _sd_full=yes ;;
    esac
    [ -z "$_sd_full" ] || _sd_out_of_disk=true
}

# ---- The clock's work --------------------------------------------------------------------------------------------------

# What is to be done now and again while the command runs. Naps grow from 20 ms to a second, a tenth of the time that the
# command has run: so a short one is seen as truly as a long one.
_sd_tick() {
    _sd_clock
    _sd_enforce
    _sd_watch_idle
    _sd_sample_memory
    _sd_mend_output
    _sd_disk_step
    if [ "$_sd_now" -ge "$_sd_space_at" ]; then
        _sd_look_for_space
        _sd_space_at=$((_sd_now + 100))
    fi
    _sd_ticks=$((_sd_ticks + 1))
    _sd_pause=$(((_sd_now - _sd_start) / 10))
    _sd_began=$_sd_now
    _sd_clock
    # No more than a tenth of a core for looking, be it slow.
    [ "$_sd_pause" -ge $(((_sd_now - _sd_began) * 10)) ] || _sd_pause=$(((_sd_now - _sd_began) * 10))
    [ "$_sd_pause" -ge 2 ] || _sd_pause=2
    [ "$_sd_pause" -le 100 ] || _sd_pause=100
    if [ -n "$_sd_deadline" ] && [ -z "$_sd_kill_at" ]; then
        _sd_rest=$((_sd_origin + _sd_deadline * 100 - _sd_now))
        [ "$_sd_rest" -lt 1 ] || [ "$_sd_pause" -le "$_sd_rest" ] || _sd_pause=$_sd_rest
    fi
}

# Reads the deadline again, obeys it, and KILLs what TERM did not end.
_sd_enforce() {
    if [ "$_sd_terminated" = true ] && [ -z "$_sd_kill_at" ]; then
        _sd_kill_at=$((_sd_now + _sd_grace * 100))
    fi
    if [ -n "$_sd_kill_at" ]; then
        [ "$_sd_now" -lt "$_sd_kill_at" ] || _sd_signal KILL
        return 0
    fi
    _sd_read_deadline
    if [ -n "$_sd_deadline" ] && [ $((_sd_now - _sd_origin)) -ge $((_sd_deadline * 100)) ]; then
        _sd_kill_at=$((_sd_now + _sd_grace * 100))
        _sd_deadline_exceeded=true
        _sd_signal TERM
        _sd_say "deadline of $_sd_deadline s exceeded, stopping the build"
    fi
}

# Sets _sd_total to what grows with the output that has come: the bytes that tee has read, else how often it has waited.
_sd_output_now() {
    _sd_sum "/proc/$_sd_tee/io" rchar: || _sd_sum "/proc/$_sd_tee/status" voluntary_ctxt_switches:
}

# Sets _sd_total to the microseconds of CPU that the command has used until now, about: all of the container's without this
# shell's and those of what it has waited for; where no cgroup can be read those of the command's processes.
_sd_command_cpu_now() {
    _sd_used=0
    if [ -n "$_sd_cgroup" ] && _sd_cpu_now; then
        _sd_used=$_sd_total
        _sd_add_ticks "$$" -10000
    else
        for _sd_pid in $(_sd_processes | while read -r _sd_pid _; do printf '%s ' "$_sd_pid"; done); do
            _sd_add_ticks "$_sd_pid" 10000
        done
    fi
    _sd_total=$_sd_used
}

# Adds to _sd_used the CPU time, in hundredths of a second, of process $1 and the children it has waited for, $2 times.
_sd_add_ticks() {
    _sd_factor=$2
    _sd_read_stat "$1" || return 0
    # shellcheck disable=SC2086 # split at blanks
    set -- ${_sd_stat##*) }
    [ "$#" -lt 15 ] || _sd_used=$((_sd_used + (${12} + ${13} + ${14} + ${15}) * _sd_factor))
}

# Stops a command that has been idle for too long. It is not where it has written something since the last look, or has used
# a hundredth of the time as CPU since it last did either; nor where this shell itself was not run for a while.
_sd_watch_idle() {
    [ -n "$_sd_idle_deadline" ] && [ -n "$_sd_pipes" ] && [ -z "$_sd_kill_at" ] || return 0
    _sd_total=''
    _sd_output_now
    _sd_output=$_sd_total
    _sd_command_cpu_now
    if [ -z "$_sd_output" ]; then
        _sd_idle_since=$_sd_now
    elif [ "$_sd_output" != "$_sd_idle_output" ] || [ $((_sd_now - _sd_idle_seen)) -gt 3000 ] ||
        [ "$_sd_total" -lt "$_sd_idle_cpu" ] || [ $((_sd_total - _sd_idle_cpu)) -ge $((_sd_idle_deadline * 10000)) ]; then
        _sd_idle_since=$_sd_now
        _sd_idle_cpu=$_sd_total
    fi
    _sd_idle_output=$_sd_output
    _sd_idle_seen=$_sd_now
    if [ $((_sd_now - _sd_idle_since)) -ge $((_sd_idle_deadline * 100)) ]; then
        _sd_kill_at=$((_sd_now + _sd_grace * 100))
        _sd_idle_exceeded=true
        _sd_signal TERM
        # Not through the pipe: what the command wrote last comes last.
        printf 'smart-dispatcher: neither output nor CPU for %s s, stopping the build\n' "$_sd_idle_deadline" \
            >&4 3>&- 5>&- 6>&- 7<&- 8<&- 9>&- &
    fi
}

# Sets _sd_origin to the time from which the deadline counts: when this entry began, or one before it in the same pod.
_sd_find_origin() {
    _sd_origin=$_sd_start
    [ -n "$_sd_clock_file" ] || return 0
    _sd_line=''
    read -r _sd_line <"$_sd_clock_file"
    case $_sd_line in
        '') printf '%s\n' "$_sd_start" >"$_sd_clock_file" ;;
        *[!0-9]* | 0?* | ????????????????*) ;;
        # One that is ahead is of another clock.
        *) [ "$_sd_line" -gt "$_sd_start" ] || _sd_origin=$_sd_line ;;
    esac
}

# A file that cannot be read, or that holds no number, changes nothing.
_sd_read_deadline() {
    [ -n "$_sd_deadline_file" ] || return 0
    _sd_line=''
    read -r _sd_line <"$_sd_deadline_file" || [ -n "$_sd_line" ] || return 0
    case $_sd_line in
        '' | *[!0-9]* | 0?* | ??????????*) ;;
        *) _sd_deadline=$_sd_line ;;
    esac
}

# Comes between any two commands of this shell, so it changes nothing that these work with: neither the clock nor what was
# read of a process. When the grace is over is the next tick's to say.
_sd_on_term() {
    _sd_interrupted=yes
    _sd_terminated=true
    # Opened both ways: the command may have made a pipe of it.
    [ -z "$_sd_state" ] || true 1<>"$_sd_state/terminated"
    [ -z "$_sd_command" ] || _sd_signal TERM
}

# ---- Results -----------------------------------------------------------------------------------------------------------

# Copies all below directory $1 into $2, with times, modes and hard links where cp knows how.
_sd_copy() {
    case $(cp --help 2>&1) in
        *--preserve*) cp -R -P --preserve=mode,timestamps,links "$1/." "$2/" ;;
        *'dpR'*) cp -a "$1/." "$2/" ;;
        *) cp -R -P -p "$1/." "$2/" ;;
    esac
}

# Removes $1, be it a tree of directories that nobody may write, as a cache of Go modules is.
_sd_remove() {
    rm -rf "$1" || {
        chmod -R u+rwx "$1"
        rm -rf "$1"
    }
}

# Copies of the files below $1 as many into $2 as fit into $3 KiB, the smallest first, and says how many it left out. No
# pipes and devices: reading those may not end.
_sd_copy_part() (
    cd "$1" || exit 1
    find . \( -type f -o -type l \) -exec du -k {} + | sort -n | {
        room=$3
        copied=0
        left=0
        while IFS='	' read -r kib file; do
            if [ "$kib" -le "$room" ] && [ "$copied" -lt 4096 ] &&
                mkdir -p "$2/${file%/*}" && cp -P -p "$file" "$2/$file"; then
                room=$((room - kib))
                copied=$((copied + 1))
            else
                left=$((left + 1))
            fi
        done
        [ "$left" -eq 0 ] || printf '%s files of the results were left out: more than %s KiB' "$left" "$3"
    }
)

# Fills $_sd_keep.partial with the results, and puts it in the place of $_sd_keep together with the log, so that a half copy
# is never taken for results. A file of the results that has the log's name keeps it.
_sd_publish() {
    _sd_partial=$_sd_keep.partial
    _sd_remove "$_sd_partial" && mkdir -p "$_sd_partial" && "$@" && chmod u+rwx "$_sd_partial" || return 1
    for _sd_log in log log.gz; do
        [ -e "$_sd_keep/$_sd_log" ] || continue
        if [ -e "$_sd_partial/$_sd_log" ]; then
            # A link to a directory would take it in.
            [ ! -L "$_sd_partial/smart-dispatcher.$_sd_log" ] || rm -f "$_sd_partial/smart-dispatcher.$_sd_log"
            mv "$_sd_keep/$_sd_log" "$_sd_partial/smart-dispatcher.$_sd_log" || return 1
        else
            mv "$_sd_keep/$_sd_log" "$_sd_partial/$_sd_log" || return 1
        fi
    done
    _sd_remove "$_sd_keep" && mv "$_sd_partial" "$_sd_keep"
}

_sd_keep_results() {
    [ -n "$_sd_keep" ] && [ -n "$_sd_results" ] || return 0
    if [ "$_sd_code" -eq 0 ]; then
        if _sd_message=$(_sd_publish _sd_copy "$_sd_results" "$_sd_keep.partial" 2>&1); then
            _sd_kept_results=copied
            _sd_message=''
        else
            _sd_message=$(printf '%.300s' "$_sd_message")
            _sd_kept_results=failed
            _sd_code=122
            _sd_say "the results could not be copied: $_sd_message"
        fi
    elif [ "$_sd_failed_size" -gt 0 ] && [ "$_sd_terminated" = false ] && [ -n "$(ls -A "$_sd_results")" ]; then
        # With "/.": the directory may be a link to one.
        _sd_kib=$(du -sk "$_sd_results/.") && _sd_kib=${_sd_kib%%[!0-9]*} || return 0
        if [ "$_sd_kib" -le $((_sd_failed_size / 1024)) ]; then
            _sd_publish _sd_copy "$_sd_results" "$_sd_keep.partial" && _sd_kept_results=kept
        else
            _sd_message=$(_sd_publish _sd_copy_part "$_sd_results" "$_sd_keep.partial" $((_sd_failed_size / 1024)))
            # shellcheck disable=SC2181 # of the substitution
            [ $? -ne 0 ] || _sd_kept_results=kept
        fi
    fi
    _sd_remove "$_sd_keep.partial"
}

# Keeps the list of what is installed, whatever became of the command. A file of the results that has its name keeps it.
_sd_keep_installed() {
    [ -n "$_sd_keep" ] && [ -n "$_sd_installed" ] && [ -s "$_sd_installed" ] || return 0
    _sd_file=$_sd_keep/installed
    if [ -e "$_sd_file" ] || [ -L "$_sd_file" ]; then
        # What a link of the results names is not written to.
        _sd_file=$_sd_keep/smart-dispatcher.installed
        [ ! -L "$_sd_file" ] || rm -f "$_sd_file"
    fi
    mkdir -p "$_sd_keep" && cp "$_sd_installed" "$_sd_file"
}

# Leaves DIR of --keep alone if one of the files $@ of it is a link: root must not be led to what the command may not change.
_sd_shun_links() {
    [ -n "$_sd_user" ] && [ -n "$_sd_keep" ] || return 0
    for _sd_file in "$@"; do
        if [ -L "$_sd_file" ]; then
            _sd_link=$_sd_file
            _sd_keep=''
            return 0
        fi
    done
}

# Gives the user of the command the directories and files $@, and all below them; never what a link names.
_sd_give() {
    [ -z "$_sd_user" ] || chown -hR "$_sd_user" "$@"
}

# Makes directory $1 for the command, with those above it that are not there.
_sd_make() {
    _sd_file=$1
    while :; do
        case $_sd_file in
            ?*/*) [ ! -d "${_sd_file%/*}" ] || break ;;
            *) break ;;
        esac
        _sd_file=${_sd_file%/*}
    done
    mkdir -p "$1" && _sd_give "$_sd_file"
}

# ---- Report ------------------------------------------------------------------------------------------------------------

# Prints $1 as the text of a JSON string: escaped, as UTF-8, without control characters and colours.
_sd_json() {
    [ -n "$1" ] || return 0
    _sd_escape=$(printf '\033')
    printf '%s\n' "$1" | LC_ALL=C sed -e "s/$_sd_escape\[[0-9;]*[A-Za-z]//g" | LC_ALL=C tr -d '\001-\010\013-\037\177' |
        LC_ALL=C sed -e ':a' -e '$!{' -e 'N' -e 'ba' -e '}' -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/	/\\t/g' -e 's/\n/\\n/g' |
        if command -v iconv >/dev/null; then
            iconv -c -f UTF-8 -t UTF-8
        else
            LC_ALL=C sed -e "s/‘/'/g" -e "s/’/'/g" | LC_ALL=C tr '\200-\377' '?'
        fi
}

# Prints member $1 with number $2, if there is one.
_sd_member() {
    [ -z "$2" ] || printf '"%s":%s,' "$1" "$2"
}

_sd_object() {
    printf '{"exitCode":%d,"deadlineExceeded":%s,"terminated":%s,' "$_sd_code" "$_sd_deadline_exceeded" "$_sd_terminated"
    _sd_member deadlineSeconds "$_sd_deadline"
    printf '"idleDeadlineExceeded":%s,' "$_sd_idle_exceeded"
    _sd_member idleDeadlineSeconds "$_sd_idle_deadline"
    printf '"oomKills":%d,"outOfDisk":%s,' "$_sd_oom_kills" "$_sd_out_of_disk"
    _sd_member memoryPeakBytes "$_sd_memory_peak"
    _sd_member memoryBoundBytes "$_sd_memory_bound"
    _sd_member diskPeakBytes "$_sd_disk_peak"
    _sd_member cpuSeconds "$_sd_cpu"
    [ -z "$_sd_install" ] || printf '"install":"%s",' "$(_sd_json "$_sd_install")"
    [ -z "$_sd_not_run" ] || printf '"notRun":"%s",' "$_sd_not_run"
    printf '"results":"%s","logKept":%s,"message":"%s","lastLines":"%s"}' \
        "$_sd_kept_results" "$_sd_log_kept" "$(_sd_json "$_sd_message")" "$1"
}

# Writes the report over what is in the file, blanks behind it, as long as it was made when there still was room on the disk.
_sd_write_report() {
    _sd_text=$(_sd_object '')
    if [ -n "$_sd_end" ]; then
        for _sd_bytes in 2048 1024 512; do
            _sd_text=$(_sd_object "$(_sd_json "$(printf '%s\n' "$_sd_end" | tail -c "$_sd_bytes")")")
            [ "$(printf '%s' "$_sd_text" | wc -c)" -gt 4000 ] || break
        done
    fi
    # The build may have written there too.
    if [ "$(wc -c <"$_sd_report")" -gt 4096 ]; then
        printf '%s\n' "$_sd_text" >"$_sd_report"
    else
        (LC_ALL=C && printf '%-4094s\n' "$_sd_text") 1<>"$_sd_report"
    fi
}

# ---- The run -----------------------------------------------------------------------------------------------------------

# Sets the variables by which tools learn how many processes they may run, each unless the job sets it.
_sd_export_jobs() {
    [ -n "$_sd_jobs" ] || return 0
    for _sd_name in OMP_NUM_THREADS CMAKE_BUILD_PARALLEL_LEVEL CARGO_BUILD_JOBS GOMAXPROCS RPM_BUILD_NCPUS; do
        eval "[ -n \"\${$_sd_name+set}\" ]" || export "$_sd_name=$_sd_jobs"
    done
    case " ${DEB_BUILD_OPTIONS-} " in
        *' parallel='* | *' parallel '*) ;;
        *) export DEB_BUILD_OPTIONS="${DEB_BUILD_OPTIONS:+$DEB_BUILD_OPTIONS }parallel=$_sd_jobs" ;;
    esac
}

# Becomes the command, with the environment as the job has it: this shell hands on neither variables whose names are none to
# it, such as those of the keys of a Secret, nor, unchanged, those that it uses itself or has unset.
_sd_run_command() {
    _sd_export_jobs
    # Lines for variables: a line's end within one is a \001 here.
    _sd_lines=$(tr '\000\n' '\n\001' <"/proc/$$/environ")
    _sd_odd=''
    set -f
    IFS=$_sd_newline
    for _sd_line in $_sd_lines; do
        case ${_sd_line%%=*} in
            _sd_* | LD_*) ;;
            [!A-Za-z_]* | *[!A-Za-z0-9_]*) ;;
            *) continue ;;
        esac
        _sd_line=$(printf '%s.' "$_sd_line" | tr '\001' '\n')
        set -- "${_sd_line%.}" "$@"
        _sd_odd=yes
    done
    unset IFS
    set +f
    [ -z "$_sd_odd" ] || set -- "$_sd_env" "$@"
    # By a shell, so that the codes of what cannot be run (126, 127) are a shell's, whatever setsid does. It looks whether it
    # was to be stopped before it began: a fork that has not yet become another program can lose a signal.
    # shellcheck disable=SC2016 # for that shell to expand
    set -- /bin/sh -c '[ ! -e "$1/terminated" ] || exit 143; shift; exec "$@"' sh "$_sd_state" "$@"
    [ -z "$_sd_setsid" ] || set -- "$_sd_setsid" "$@"
    # Of one that does not know the option, the complaint is none of the build's output.
    if "$_sd_env" --default-signal=INT,QUIT true 2>/dev/null; then
        set -- "$_sd_env" --default-signal=INT,QUIT "$@"
    fi
    PATH=$_sd_path
    # shellcheck disable=SC2086 # a program and its arguments
    exec $_sd_personality "$@"
}

_sd_start_command() {
    if [ -n "$_sd_pipes" ]; then
        (_sd_run_command "$@") >&9 2>&9 3>&- 4>&- 5>&- 6>&- 7<&- 8<&- 9>&- &
    else
        (_sd_run_command "$@") >&4 2>&3 3>&- 4>&- 5>&- 6>&- &
    fi
    _sd_command=$!
}

# Waits for the command that has ended, and sets _sd_code. A signal may end wait early; so may, in bash, the ends of other
# children that came before (128 + 17), one after the other.
_sd_take_code() {
    _sd_code=127
    _sd_waits=0
    _sd_note_end "$_sd_command"
    while :; do
        _sd_interrupted=''
        wait "$_sd_command"
        _sd_status=$?
        # 127 after the first time: the shell has told it already.
        if [ "$_sd_waits" -eq 0 ] || [ "$_sd_status" != 127 ]; then
            _sd_code=$_sd_status
        fi
        _sd_waits=$((_sd_waits + 1))
        # A shell may tell the same status each time, and the command's may be that number.
        [ -n "$_sd_interrupted" ] || { [ "$_sd_status" -eq 145 ] && [ "$_sd_waits" -lt 100 ]; } || return 0
    done
}

# When the command has ended: what it was, and what it used.
_sd_take_outcome() {
    trap '' TERM INT HUP QUIT
    trap - CHLD
    _sd_take_code
    trap 'true' CHLD
    _sd_signal KILL
    [ -z "$_sd_nap" ] || kill -s KILL "$_sd_nap"
    _sd_close_output 1000
    if _sd_oom_kills_now; then
        _sd_oom_kills=$((_sd_total - _sd_oom_before))
    fi
    if [ -n "$_sd_cpu_before" ] && _sd_cpu_now; then
        _sd_cpu=$(((_sd_total - _sd_cpu_before + 500000) / 1000000))
    fi
    _sd_bound_memory
    [ -z "$_sd_du" ] || kill -s KILL "$_sd_du"
    # A last look at the disk, unless it would hold up the end for seconds.
    if [ -n "$_sd_scratch" ] && [ "$_sd_du_cost" -lt 500 ]; then
        _sd_measure_disk
        _sd_take_disk
    fi
}

# Sees to what is kept, reports, and ends this shell.
_sd_tell_outcome() {
    if [ "$_sd_deadline_exceeded" = true ] || [ "$_sd_idle_exceeded" = true ]; then
        _sd_code=124
    fi
    _sd_shun_links "${_sd_keep%/*}" "$_sd_keep" "$_sd_keep/log"
    # Results may be a link to a directory, if that is the command's own: root would read any.
    [ -z "$_sd_user" ] || [ -n "$(find "$_sd_results/." -prune -user "${_sd_user%:*}")" ] || _sd_shun_links "$_sd_results"
    if [ -n "$_sd_link" ] && [ "$_sd_code" -eq 0 ]; then
        _sd_kept_results=failed
        _sd_code=122
        _sd_message="$_sd_link is a link"
        _sd_say "the results could not be copied: $_sd_message"
    fi
    if [ "$_sd_code" -ne 0 ]; then
        _sd_end=$(_sd_output_end 2048)
        [ "$_sd_deadline_exceeded" = true ] || [ "$_sd_idle_exceeded" = true ] || [ "$_sd_terminated" = true ] ||
            _sd_judge_disk
    fi
    if [ -n "$_sd_install_report" ] && [ -f "$_sd_install_report" ]; then
        _sd_install=$(head -c 1280 "$_sd_install_report")
    fi
    if [ -n "$_sd_keep" ]; then
        # Twice: whoever ends the container while results are copied finds what is known by then.
        _sd_write_report
        _sd_close_log
        _sd_keep_results
        _sd_keep_installed
        _sd_give "$_sd_keep"
        [ -z "$_sd_user" ] || chown "$_sd_user" "${_sd_keep%/*}"
    fi
    _sd_write_report
    [ -z "${_sd_made-}" ] || rm -rf "$_sd_made"
    trap - EXIT
    exit "$_sd_code"
}

# A shell that cannot fork ends: the command has used up the processes that there may be. It is killed, by what needs no
# process, and the outcome is told.
_sd_on_exit() {
    unset IFS
    set +f
    _sd_rounds=0
    while [ "$_sd_rounds" -lt 20 ]; do
        kill -s KILL -- "-$_sd_command"
        for _sd_file in /proc/[0-9]*; do
            _sd_read_stat "${_sd_file#/proc/}" || continue
            # shellcheck disable=SC2086 # split at blanks
            set -- ${_sd_stat##*) }
            [ "$#" -ge 22 ] || continue
            if [ "$4" = "$_sd_command" ] || { [ -n "$_sd_session" ] && [ "$4" != "$_sd_session" ]; }; then
                kill -s KILL "${_sd_file#/proc/}"
            fi
        done
        _sd_rounds=$((_sd_rounds + 1))
    done
    _sd_say 'no more processes can be started: the build was killed'
    _sd_take_outcome
    _sd_tell_outcome
}

# The container's log stays reachable, and nothing else writes into it: not the messages of shells about processes that ended.
true >&1 || exec >/dev/null
true >&2 || exec 2>/dev/null
exec 3>&2 2>/dev/null 4>&1 >/dev/null 0</dev/null

_sd_command=''
_sd_interrupted=''
_sd_terminated=false
_sd_kill_at=''
_sd_ticks=0
_sd_nap=''
_sd_pipes=''
trap _sd_on_term TERM INT HUP QUIT
trap 'true' CHLD
# In bash's own mode the end of a child ends no wait for another one.
_sd_bash=''
if [ -n "${BASH_VERSION-}" ] && (set -o posix); then
    set -o posix
    _sd_bash=yes
fi
_sd_timer=sleep
_sd_setsid=$(command -v setsid)
_sd_env=$(command -v env)
_sd_session=''
if [ "$$" -eq 1 ] && [ -n "$_sd_setsid" ] && read -r _sd_stat </proc/1/stat; then
    _sd_session=${_sd_stat##*) }
    _sd_session=${_sd_session#* * * }
    _sd_session=${_sd_session%% *}
fi
_sd_page_size=''
_sd_memory_peak=''
_sd_memory_bound=''
_sd_disk_peak=''
_sd_cpu=''
_sd_du=''
_sd_du_cost=0
_sd_full=''
_sd_tight=''
_sd_out_of_disk=false
_sd_deadline_exceeded=false
_sd_idle_exceeded=false
_sd_idle_output=''
_sd_idle_cpu=0
_sd_kept_results=none
_sd_log_kept=false
_sd_message=''
_sd_install=''
_sd_not_run=''
_sd_link=''
_sd_end=''
_sd_end_size=2048
if [ "$_sd_log_size" -eq 0 ]; then
    _sd_log_head=0
else
    # The end is held in memory: 64 KiB at most.
    _sd_end_size=$((_sd_log_size / 4))
    [ "$_sd_end_size" -le 65536 ] || _sd_end_size=65536
    _sd_log_head=$((_sd_log_size - _sd_end_size))
    [ "$_sd_end_size" -ge 2048 ] || _sd_end_size=2048
fi

# Room for the report, while there is some.
printf '%4094s\n' '' >"$_sd_report"

HOME=${HOME:-${TMPDIR:-/tmp}}
export HOME
if [ ! -d "$HOME" ]; then
    _sd_make "$HOME" || _sd_say "cannot create the home directory $HOME"
fi
if [ -n "$_sd_results" ]; then
    if [ ! -d "$_sd_results" ]; then
        _sd_make "$_sd_results" || _sd_say "cannot create the results directory $_sd_results"
    fi
fi
_sd_shun_links "${_sd_keep%/*}"
_sd_open
_sd_oom_before=0
_sd_oom_kills=0
if _sd_oom_kills_now; then
    _sd_oom_before=$_sd_total
fi
_sd_cpu_before=''
if _sd_cpu_now; then
    _sd_cpu_before=$_sd_total
fi

if [ "$_sd_terminated" = true ]; then
    _sd_code=143
elif [ "$#" -eq 0 ]; then
    # Nobody reads the pipes yet.
    _sd_pipes=''
    _sd_say 'there is no command'
    _sd_code=127
elif ! _sd_check_image || ! _sd_find_personality; then
    _sd_pipes=''
    _sd_say "$_sd_message"
    _sd_code=126
else
    if [ -n "$_sd_pipes" ]; then
        _sd_keeper=''
        _sd_start_tee
        _sd_start_keeper
    fi
    _sd_clock
    _sd_start=$_sd_now
    _sd_find_origin
    _sd_du_at=$((_sd_now + 100))
    _sd_space_at=$((_sd_now + 100))
    _sd_idle_since=$_sd_now
    _sd_idle_seen=$_sd_now
    _sd_start_command "$@"
    trap _sd_on_exit EXIT
    # TERM may have come before there was anything to forward it to.
    [ "$_sd_terminated" = false ] || _sd_on_term
    while _sd_alive "$_sd_command"; do
        _sd_tick
        _sd_nap "$_sd_pause" "$_sd_command"
    done
    _sd_take_outcome
fi
_sd_tell_outcome
