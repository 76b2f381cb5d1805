#!/bin/sh
# The installer of a worker pod: installs the package lists of a build environment into a root, compares what is there with
# what was asked for, and becomes the build's command there.
#
#     install.sh --installer Deb|Rpm|ObsBuild --root DIR --lists DIR --repository DIR [SETTING VALUE]... [--] [COMMAND...]
#     install.sh --enter --root DIR [SETTING VALUE]... -- COMMAND...
#
#   --root DIR                "/": the container's own root; else a directory that holds, or will hold, a root of its own
#   --lists DIR               files preinstall, install, no-install, remove: one name a line, in order, or NAME.gz; for
#                             ObsBuild also prjconf and rpmlist-tail
#   --repository DIR          holds the packages, at any depth
#   --resolve None|Repository   None: the lists are closed under dependencies; Repository: what is missing is added
#   --host-arch A, --target-arch B, --mode Native|Compat|Cross|Emulated   what the worker is and what is built
#   --report FILE             one JSON object: {"installed":97,"digest":"sha256:...","cache":"hit|filled|none","seconds":3.5}
#                             or {"problem":"bash: its scriptlet %post failed with exit status 1"}
#   --installed FILE          the packages in the root afterwards: NAME, VERSION, ARCH, by tabs, sorted; has the digest
#   --cache DIR, --cache-size BYTES, --image-digest D   prepared roots (install-cache.sh)
#   --fakechroot              by fakechroot and fakeroot, for pods without capabilities; their state is kept beside the root
#   --user UID:GID            who runs the command (default: whoever runs this)
#   --bind DIR                of the container, to be seen by the command at the same path in the root, where the pod may mount
#   --vm kvm, --vm-memory MIB, --vm-disk MIB   ObsBuild: the build runs in a virtual machine
#   --enter                   installs nothing: the root was prepared before
#
# Stages, in this order: unpack "preinstall", packages of the target first and those of the host last; record "no-install" in the
# package database without installing; remember the sums of the files of these packages; install the lists in one transaction
# that checks dependencies; remove; compare. The command starts only if all of this succeeded. The personality is the entry's
# matter, under which this script runs.
#
# Exit code: the command's own; 0 without a command; 123 if the packages could not be installed as the lists say. Nothing
# is fetched from a network.
#
# For POSIX shells (dash, bash, busybox). The installation runs in an environment of its own: no variable of a job decides
# what a root, or a cache of roots, holds. Names begin with _sd_, so that no variable of the job changes on the way to the
# command.

set -u
# The job's own go to its command alone.
_sd_path=${PATH-}
_sd_preload=${LD_PRELOAD-}
_sd_library_path=${LD_LIBRARY_PATH-}
_sd_audit=${LD_AUDIT-}
unset LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT
# The system's tools, not those of a PATH that the job sets.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
case $0 in
    */*) _sd_dir=${0%/*} ;;
    *) _sd_dir=. ;;
esac

# ---- Settings ----------------------------------------------------------------------------------------------------------

_sd_installer=''
_sd_root=''
_sd_lists=''
_sd_repository=''
_sd_resolve=None
_sd_host=''
_sd_target=''
_sd_mode=Native
_sd_report=/dev/null
_sd_installed=''
_sd_cache=''
_sd_cache_size=''
_sd_image=''
_sd_fakechroot=''
_sd_user=''
_sd_binds=''
_sd_vm=''
_sd_vm_memory=''
_sd_vm_disk=''
_sd_enter=''
# This script calls itself so.
_sd_inner=''
_sd_results=''

# Writes one line of the installer's own into the log.
_sd_say() {
    printf 'smart-dispatcher: %s\n' "$*" >&2
}

# Ends with problem $*: the packages are not in the root as the lists say.
_sd_fail() {
    trap '' TERM INT HUP
    _sd_say "$*"
    printf '{"problem":"%s"}\n' "$(_sd_json "$*")" >"$_sd_report"
    exit 123
}

# Prints $1 as the text of a JSON string, without control characters and what is no ASCII: of 1,200 bytes at most, even if all
# of them are escaped, since the entry takes 1,280 of a report.
_sd_json() {
    printf '%.600s' "$1" | LC_ALL=C tr -d '\000-\010\013-\037\177' | LC_ALL=C tr '\n\t\200-\377' '  ?' |
        sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'
}

_sd_count=$#
while [ "$_sd_count" -gt 0 ]; do
    case $1 in
        --fakechroot | --enter | --inner)
            _sd_value=yes
            _sd_taken=1
            ;;
        --)
            _sd_count=0
            shift
            break
            ;;
        --*)
            if [ "$#" -lt 2 ]; then
                _sd_fail "the setting $1 has no value"
            fi
            _sd_value=$2
            _sd_taken=2
            ;;
        *) break ;;
    esac
    case $1 in
        --installer) _sd_installer=$_sd_value ;;
        --root) _sd_root=$_sd_value ;;
        --lists) _sd_lists=$_sd_value ;;
        --repository) _sd_repository=$_sd_value ;;
        --resolve) _sd_resolve=$_sd_value ;;
        --host-arch) _sd_host=$_sd_value ;;
        --target-arch) _sd_target=$_sd_value ;;
        --mode) _sd_mode=$_sd_value ;;
        --report) _sd_report=$_sd_value ;;
        --installed) _sd_installed=$_sd_value ;;
        --cache) _sd_cache=$_sd_value ;;
        --cache-size) _sd_cache_size=$_sd_value ;;
        --image-digest) _sd_image=$_sd_value ;;
        --fakechroot) _sd_fakechroot=yes ;;
        --user) _sd_user=$_sd_value ;;
        --bind) _sd_binds="$_sd_binds $_sd_value" ;;
        --vm) _sd_vm=$_sd_value ;;
        --vm-memory) _sd_vm_memory=$_sd_value ;;
        --vm-disk) _sd_vm_disk=$_sd_value ;;
        --enter) _sd_enter=yes ;;
        --inner) _sd_inner=yes ;;
        --results) _sd_results=$_sd_value ;;
        *) _sd_fail "unknown setting $1" ;;
    esac
    shift "$_sd_taken"
    _sd_count=$((_sd_count - _sd_taken))
done

# Checks what the settings say of themselves.
_sd_check_settings() {
    case $_sd_root in
        /) ;;
        /*) _sd_root=${_sd_root%/} ;;
        *) _sd_fail "--root is \"$_sd_root\": it must be an absolute path" ;;
    esac
    if [ "$_sd_root" = / ] && [ -n "$_sd_fakechroot" ]; then
        _sd_fail '--fakechroot needs a root of its own: --root is "/"'
    fi
    case $_sd_user in
        '' | [0-9]*:[0-9]*) ;;
        *) _sd_fail "--user is \"$_sd_user\": it must be UID:GID" ;;
    esac
    case $_sd_mode in
        Native | Compat | Cross | Emulated) ;;
        *) _sd_fail "--mode is \"$_sd_mode\": it must be Native, Compat, Cross or Emulated" ;;
    esac
    [ -z "$_sd_enter" ] || return 0
    case $_sd_installer in
        Deb | Rpm | ObsBuild) ;;
        *) _sd_fail "--installer is \"$_sd_installer\": it must be Deb, Rpm or ObsBuild" ;;
    esac
    case $_sd_resolve in
        None | Repository) ;;
        *) _sd_fail "--resolve is \"$_sd_resolve\": it must be None or Repository" ;;
    esac
    [ -n "$_sd_host" ] || _sd_fail '--host-arch must be set'
    [ -n "$_sd_target" ] || _sd_fail '--target-arch must be set'
    [ -d "$_sd_lists" ] || _sd_fail "the lists are not there: no directory \"$_sd_lists\""
    case $_sd_repository in
        '' | /*) ;;
        *) _sd_fail "--repository is \"$_sd_repository\": it must be an absolute path" ;;
    esac
    if [ "$_sd_installer" = ObsBuild ]; then
        [ "$_sd_root" != / ] || _sd_fail 'ObsBuild needs a root of its own: --root is "/"'
        [ -z "$_sd_fakechroot" ] || _sd_fail 'ObsBuild cannot work under --fakechroot'
    fi
}

# ---- Tools -------------------------------------------------------------------------------------------------------------

# Prints the file of program $1, or fails. Shells such as busybox have programs of their own, which are not those meant.
_sd_program() (
    set -f
    IFS=:
    for _sd_file in $PATH; do
        if [ -x "$_sd_file/$1" ]; then
            printf '%s\n' "$_sd_file/$1"
            exit 0
        fi
    done
    exit 1
)

# Sets _sd_tool to the file of program $1, which the installer cannot do without.
_sd_need() {
    _sd_tool=$(_sd_program "$1") || _sd_fail "installer $_sd_installer needs $1 in the image: there is none"
}

# Runs a tool; its output goes to the log and into file $_sd_log. Sets _sd_status. If something that the tool leaves behind
# holds its output open, that is waited for two seconds.
_sd_run() {
    rm -f "$_sd_state/pipe"
    mkfifo "$_sd_state/pipe" || _sd_fail "no pipe can be made in $_sd_state"
    _sd_tool_ran=yes
    tee "$_sd_log" <"$_sd_state/pipe" >&2 8>&- &
    _sd_tee=$!
    "$@" >"$_sd_state/pipe" 2>&1 </dev/null 8>&- &
    _sd_child=$!
    wait "$_sd_child"
    _sd_status=$?
    _sd_child=''
    (
        sleep 2
        kill -s KILL "$_sd_tee"
    ) >/dev/null 2>&1 8>&- &
    _sd_watch=$!
    {
        wait "$_sd_tee"
        kill -s KILL "$_sd_watch"
        wait "$_sd_watch"
    } 2>/dev/null
    return 0
}

# The installation is to end before it is done, as at a deadline.
_sd_on_term() {
    trap '' TERM INT HUP
    [ -z "$_sd_child" ] || kill -s TERM "$_sd_child" 2>/dev/null
    _sd_at=''
    [ -z "$_sd_tool_ran" ] || _sd_at=$(_sd_package_at_work)
    [ -z "$_sd_partial" ] || rm -rf "$_sd_partial"
    _sd_clean_up
    _sd_fail "${_sd_at:+$_sd_at: }stopped while $_sd_stage"
}

_sd_clean_up() {
    [ "$_sd_root" = / ] || _sd_unmount_system
    rm -rf "$_sd_state"
}

# Begins stage $1, in words.
_sd_begin() {
    _sd_stage=$1
    _sd_tool_ran=''
    _sd_say "$1"
}

# ---- Comparing ---------------------------------------------------------------------------------------------------------

# Prints "SUM  FILE" of the files of the recorded packages, but for those that are configuration.
_sd_sums() {
    sort -u "$_sd_state/kept-files" | while IFS= read -r _sd_file; do
        [ ! -f "$_sd_root/$_sd_file" ] || [ -L "$_sd_root/$_sd_file" ] || printf '%s\000' "$_sd_root/$_sd_file"
    done | xargs -0 -r sha256sum | sort
}

# Fails if a file of a recorded package is not what it was: somebody has installed that package after all.
_sd_compare_sums() {
    [ -s "$_sd_state/kept-files" ] || return 0
    _sd_sums >"$_sd_state/sums.now"
    cmp -s "$_sd_state/sums" "$_sd_state/sums.now" && return 0
    _sd_file=$(awk 'FILENAME == ARGV[1] { sum[$0]; next } !($0 in sum) { print substr($0, 67); exit }' "$_sd_state/sums.now" "$_sd_state/sums")
    _sd_file=${_sd_file#"$_sd_root"}
    _sd_file=/${_sd_file#/}
    _sd_name=$(awk -F '\t' -v file="${_sd_file#/}" '$2 == file { print $1; exit }' "$_sd_state/kept-owners")
    _sd_fail "reinstalled: ${_sd_name:-?}: $_sd_file is not what it was before the installation"
}

# Prints the first line of file $2 that file $1 has not.
_sd_first_without() {
    awk 'FILENAME == ARGV[1] { known[$0]; next } !($0 in known) { print; exit }' "$1" "$2"
}

# Compares what is in the root with what was to be there, and writes --installed.
_sd_compare() {
    _sd_begin 'comparing what is installed with the lists'
    _sd_have >"$_sd_state/have" || _sd_fail 'the package database cannot be read'
    cut -f 1 "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | sort -u >"$_sd_state/want"
    cut -f 1 "$_sd_state/have" | sort -u >"$_sd_state/have.names"
    _sd_name=$(_sd_first_without "$_sd_state/have.names" "$_sd_state/want")
    [ -z "$_sd_name" ] || _sd_fail "$_sd_name: not installed, although the lists name it"
    _sd_name=$(awk 'FILENAME == ARGV[1] { have[$0]; next } $0 in have { print; exit }' "$_sd_state/have.names" "$_sd_state/names.remove")
    [ -z "$_sd_name" ] || _sd_fail "$_sd_name: installed, although the lists remove it"
    cat "$_sd_state/want" "$_sd_state/before" >"$_sd_state/known"
    _sd_name=$(_sd_first_without "$_sd_state/known" "$_sd_state/have.names")
    [ -z "$_sd_name" ] || _sd_fail "$_sd_name: installed, although no list names it"
    _sd_compare_sums
}

# ---- The run -----------------------------------------------------------------------------------------------------------

# Sets _sd_now to hundredths of a second of a clock that nobody sets.
_sd_clock() {
    _sd_now=0
    read -r _sd_now _ </proc/uptime
    _sd_now=${_sd_now%.*}${_sd_now#*.}
}

# Makes the directory for what the installer notes down.
_sd_make_state() {
    for _sd_file in /tmp /var/tmp /dev/shm "${_sd_root%/*}/"; do
        _sd_state=$(mktemp -d "$_sd_file/smart-dispatcher.XXXXXX" 2>/dev/null) && break
        _sd_state=''
    done
    [ -n "$_sd_state" ] || _sd_fail 'there is no directory that can be written: /tmp, /var/tmp, /dev/shm'
    _sd_log=$_sd_state/log
    true >"$_sd_state/kept-files"
    true >"$_sd_state/kept-owners"
    true >"$_sd_state/before"
}

# Installs, and writes the report. $@: the recipe and the options of obs-build.
_sd_install() {
    _sd_child=''
    _sd_tool_ran=''
    _sd_partial=''
    _sd_stage='reading the lists'
    _sd_cache_use=none
    _sd_clock
    _sd_start=$_sd_now
    # Room for the report, while there is some.
    printf '%2046s\n' '' >"$_sd_report"
    _sd_make_state
    trap _sd_on_term TERM INT HUP
    trap _sd_clean_up EXIT
    case $_sd_installer in
        Deb) _sd_format=deb ;;
        *) _sd_format=rpm ;;
    esac
    if [ "$_sd_format" = deb ]; then
        # shellcheck source=install-deb.sh
        . "$_sd_dir/install-deb.sh"
    else
        # shellcheck source=install-rpm.sh
        . "$_sd_dir/install-rpm.sh"
    fi
    if [ "$_sd_installer" = ObsBuild ]; then
        # shellcheck source=install-obs.sh
        . "$_sd_dir/install-obs.sh"
    fi
    # shellcheck source=install-lists.sh
    . "$_sd_dir/install-lists.sh"
    # shellcheck source=install-cache.sh
    . "$_sd_dir/install-cache.sh"
    _sd_check_tools
    _sd_read_lists
    if [ "$_sd_installer" = ObsBuild ]; then
        _sd_obs_build "$@"
        return 0
    fi
    _sd_find_packages
    if [ "$_sd_resolve" = Repository ] && [ -s "$_sd_state/wanted" ]; then
        _sd_resolve_lists
    fi
    mkdir -p "$_sd_root" || _sd_fail "the root $_sd_root cannot be made"
    _sd_key=''
    if ! _sd_cached_root; then
        _sd_fill_root
        _sd_compare
        [ "$_sd_root" = / ] || _sd_unmount_system
        _sd_keep_root
    fi
    _sd_report_success "$_sd_state/have"
}

# Stages between the lists and the comparison.
_sd_fill_root() {
    if [ "$_sd_root" = / ]; then
        _sd_have | cut -f 1 >"$_sd_state/before"
    else
        _sd_make_root
    fi
    _sd_unpack
    if [ "$_sd_root" != / ] && [ -z "$_sd_fakechroot" ]; then
        # Only now: a package may hold /proc itself, whose owner nobody can change once it is mounted.
        _sd_mount_system
    fi
    if [ -s "$_sd_state/packages.no-install" ]; then
        _sd_begin "recording $(_sd_lines "$_sd_state/packages.no-install") packages without installing them"
        _sd_record
    fi
    _sd_sums >"$_sd_state/sums"
    _sd_install_lists
    if [ -s "$_sd_state/names.remove" ]; then
        _sd_remove_lists
    fi
}

# Removes the packages of names.remove that are installed.
_sd_remove_lists() {
    _sd_have | cut -f 1 >"$_sd_state/have.names"
    set --
    while IFS= read -r _sd_name; do
        if grep -qxF -e "$_sd_name" "$_sd_state/have.names"; then
            set -- "$@" "$_sd_name"
        fi
    done <"$_sd_state/names.remove"
    [ "$#" -gt 0 ] || return 0
    _sd_begin "removing $*"
    _sd_remove "$@"
}

_sd_lines() {
    awk 'END { print NR }' "$1"
}

# Writes the list $1 of what is installed to --installed, and the report.
_sd_report_success() {
    if [ -n "$_sd_installed" ] && ! cp "$1" "$_sd_installed"; then
        _sd_fail "$_sd_installed cannot be written"
    fi
    _sd_digest=$(sha256sum <"$1")
    _sd_clock
    _sd_now=$((_sd_now - _sd_start))
    _sd_text=$(printf '{"installed":%d,"digest":"sha256:%s","cache":"%s","seconds":%d.%d}' "$(_sd_lines "$1")" "${_sd_digest%% *}" \
        "$_sd_cache_use" $((_sd_now / 100)) $((_sd_now % 100 / 10)))
    printf '%s\n' "$_sd_text" >"$_sd_report"
    _sd_say "$(_sd_lines "$1") packages are installed, after $((_sd_now / 100)).$((_sd_now % 100 / 10)) s"
}

# Runs this script once more for the installation, in an environment of its own, and waits for it. $@: as of _sd_install.
_sd_run_installation() {
    set -- --inner --installer "$_sd_installer" --root "$_sd_root" --lists "$_sd_lists" --repository "$_sd_repository" \
        --resolve "$_sd_resolve" --host-arch "$_sd_host" --target-arch "$_sd_target" --mode "$_sd_mode" --report "$_sd_report" \
        --installed "$_sd_installed" --cache "$_sd_cache" --cache-size "$_sd_cache_size" --image-digest "$_sd_image" \
        --vm "$_sd_vm" --vm-memory "$_sd_vm_memory" --vm-disk "$_sd_vm_disk" --results "${BUILD_RESULTS-}" -- "$@"
    if [ -n "$_sd_fakechroot" ]; then
        _sd_find_state_file
        mkdir -p "${_sd_root%/*}"
        true >>"$_sd_state_file" || _sd_fail "$_sd_state_file cannot be written"
        # Static programs see the container's root, so ldconfig would write there; and nothing can be mounted.
        _sd_words=/sbin/ldconfig=/bin/true:/usr/sbin/ldconfig=/bin/true:/bin/mount=/bin/true:/usr/bin/mount=/bin/true
        set -- env FAKECHROOT_CMD_SUBST="$_sd_words:/usr/bin/ischroot=/bin/true" fakechroot fakeroot -i "$_sd_state_file" -s "$_sd_state_file" /bin/sh "$0" --fakechroot "$@"
    else
        set -- /bin/sh "$0" "$@"
    fi
    _sd_home=/root
    [ -w "$_sd_home" ] || _sd_home=/tmp
    env -i PATH="$PATH" HOME="$_sd_home" LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true \
        "$@" &
    _sd_child=$!
    trap 'kill -s TERM "$_sd_child" 2>/dev/null' TERM INT HUP
    while :; do
        wait "$_sd_child"
        _sd_code=$?
        kill -s 0 "$_sd_child" 2>/dev/null || break
    done
    trap - TERM INT HUP
    case $_sd_code in
        0 | 123) ;;
        *) [ "$_sd_installer" = ObsBuild ] || _sd_fail "the installation ended with status $_sd_code" ;;
    esac
}

_sd_check_settings
# shellcheck source=install-enter.sh
. "$_sd_dir/install-enter.sh"
if [ -n "$_sd_inner" ]; then
    _sd_install "$@"
    exit "${_sd_code:-0}"
fi
if [ -z "$_sd_enter" ]; then
    if [ "$_sd_installer" = ObsBuild ]; then
        _sd_run_installation "$@"
        exit "$_sd_code"
    fi
    _sd_run_installation
    [ "$_sd_code" -eq 0 ] && [ "$#" -gt 0 ] || exit "$_sd_code"
fi
[ "$#" -gt 0 ] || _sd_fail 'there is no command'
_sd_enter_root "$@"
