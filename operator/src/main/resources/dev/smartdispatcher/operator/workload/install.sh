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
# Stages, in this order: personality; unpack "preinstall", packages of the target first and those of the host last; record
# "no-install" in the package database without installing; remember the sums of the files of these packages; install the lists
# in one transaction that checks dependencies; remove; compare. The command starts only if all of this succeeded.
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

# Sets _sd_personality to what gives a command the 32-bit personality, which Compat is.
_sd_find_personality() {
    _sd_personality=''
    [ "$_sd_mode" = Compat ] || return 0
    for _sd_personality in linux32 'setarch linux32' 'busybox linux32'; do
        # shellcheck disable=SC2086 # split into words
        if $_sd_personality true 2>/dev/null; then
            return 0
        fi
    done
    _sd_fail 'mode Compat needs linux32 or setarch in the image, and the right to change the personality: neither works'
}

# ---- Entering ----------------------------------------------------------------------------------------------------------

# Sets _sd_state_file to where fakeroot keeps owners and modes of the root.
_sd_find_state_file() {
    _sd_state_file=${_sd_root%/*}/.${_sd_root##*/}.fakeroot
}

# Gives the root what of /dev and /proc this container may give: device nodes by mknod or mount; if neither is permitted, a
# plain file for /dev/null, without which hardly any script runs.
_sd_mount_system() {
    mkdir -p "$_sd_root/dev/pts" "$_sd_root/dev/shm" "$_sd_root/proc" "$_sd_root/sys" 2>/dev/null
    for _sd_node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
        _sd_file=$_sd_root/dev/${_sd_node%%:*}
        [ ! -c "$_sd_file" ] || continue
        _sd_numbers=${_sd_node#*:}
        rm -f "$_sd_file"
        if ! mknod -m 666 "$_sd_file" c "${_sd_numbers%:*}" "${_sd_numbers#*:}" 2>/dev/null; then
            true >"$_sd_file"
            if ! mount --bind "/dev/${_sd_node%%:*}" "$_sd_file" 2>/dev/null; then
                [ "${_sd_node%%:*}" = null ] || rm -f "$_sd_file"
            fi
        fi
    done
    [ ! -f "$_sd_root/dev/null" ] || chmod 666 "$_sd_root/dev/null"
    for _sd_link in fd:/proc/self/fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do
        [ -L "$_sd_root/dev/${_sd_link%%:*}" ] || ln -s "${_sd_link#*:}" "$_sd_root/dev/${_sd_link%%:*}" 2>/dev/null
    done
    if [ ! -e "$_sd_root/proc/self" ]; then
        mount -t proc proc "$_sd_root/proc" 2>/dev/null || mount --rbind /proc "$_sd_root/proc" 2>/dev/null
    fi
    for _sd_file in /dev/shm /dev/pts; do
        _sd_is_mounted "$_sd_root$_sd_file" || mount --bind "$_sd_file" "$_sd_root$_sd_file" 2>/dev/null
    done
    return 0
}

# Prints where something is mounted below the root, the deepest first. Blanks in the kernel's paths are \040.
_sd_mounts() {
    [ -r /proc/self/mountinfo ] || return 0
    awk -v root="$_sd_root/" 'index($5 "/", root) == 1 && $5 "/" != root { print $5 }' /proc/self/mountinfo | sort -r
}

_sd_is_mounted() {
    _sd_mounts | grep -qxF "$1"
}

# Undoes _sd_mount_system. What the pod's own volumes are stays.
_sd_unmount_system() {
    _sd_mounts | while read -r _sd_file; do
        case $_sd_file in
            "$_sd_root"/dev/* | "$_sd_root"/proc | "$_sd_root"/proc/*) umount -l "$_sd_file" 2>/dev/null ;;
        esac
    done
    [ ! -f "$_sd_root/dev/null" ] || [ -c "$_sd_root/dev/null" ] || rm -f "$_sd_root/dev/null"
    return 0
}

# Puts the job's own variables back, as the last thing before its command.
_sd_restore() {
    [ -z "$_sd_preload" ] || export LD_PRELOAD="$_sd_preload"
    [ -z "$_sd_library_path" ] || export LD_LIBRARY_PATH="$_sd_library_path"
    [ -z "$_sd_audit" ] || export LD_AUDIT="$_sd_audit"
    PATH=$_sd_path
}

# Becomes tool $1 of the system, which in turn becomes the command.
_sd_exec() {
    _sd_tool=$(_sd_program "$1") || _sd_tool=$1
    shift
    _sd_restore
    exec "$_sd_tool" "$@"
}

# Sets _sd_groups to the groups of the command: that of --user, and those that this process has beside root's own, such as the
# group of a volume. Root's are no build's.
_sd_find_groups() {
    _sd_groups=${_sd_user#*:}
    for _sd_word in $(id -G); do
        case " 0 $(id -G root 2>/dev/null) $_sd_user " in
            *" $_sd_word "* | *":$_sd_word "*) ;;
            *) _sd_groups=$_sd_groups,$_sd_word ;;
        esac
    done
}

# Becomes command $@ as --user in the container's own root.
_sd_become() {
    [ -z "$_sd_user" ] || _sd_find_groups
    # shellcheck disable=SC2086 # split into words
    if [ -z "$_sd_user" ]; then
        [ -z "$_sd_personality" ] || _sd_exec $_sd_personality "$@"
        _sd_restore
        exec "$@"
    elif setpriv --reuid 1 --regid 1 --groups 1 true 2>/dev/null; then
        _sd_exec $_sd_personality setpriv --reuid "${_sd_user%:*}" --regid "${_sd_user#*:}" --groups "$_sd_groups" "$@"
    elif chroot --userspec=1:1 / true 2>/dev/null; then
        # Keeps the working directory, as the new root is the old one.
        _sd_exec $_sd_personality chroot --userspec="$_sd_user" --groups="$_sd_groups" --skip-chdir / "$@"
    elif command -v su-exec >/dev/null; then
        _sd_exec $_sd_personality su-exec "$_sd_user" "$@"
    fi
    _sd_fail "the command cannot be run as $_sd_user: the image has neither setpriv nor su-exec, nor a chroot that changes the user"
}

# Shows directory $1 of the container to the command, at the same path in the root, if this pod may mount.
_sd_bind() {
    case $1/ in
        "$_sd_root"/*) return 0 ;;
    esac
    _sd_is_mounted "$_sd_root$1" && return 0
    mkdir -p "$_sd_root$1"
    mount --rbind "$1" "$_sd_root$1" 2>/dev/null || _sd_say "$1 is not to be seen in the root: this pod may not mount"
}

# Becomes command $@ in the root of its own, in the working directory if that is there.
_sd_become_in_root() {
    # shellcheck disable=SC2016 # for that shell to expand
    set -- /bin/sh -c 'cd -- "$1" 2>/dev/null || cd /; shift; exec "$@"' sh "$(pwd)" "$@"
    if [ -n "$_sd_fakechroot" ]; then
        _sd_find_state_file
        FAKECHROOT_EXCLUDE_PATH=/proc:/dev:/sys
        for _sd_file in $_sd_binds; do
            FAKECHROOT_EXCLUDE_PATH=$FAKECHROOT_EXCLUDE_PATH:$_sd_file
        done
        export FAKECHROOT_EXCLUDE_PATH
        # shellcheck disable=SC2086 # split into words
        _sd_exec $_sd_personality fakechroot fakeroot -i "$_sd_state_file" chroot "$_sd_root" "$@"
    fi
    _sd_mount_system
    for _sd_file in $_sd_binds; do
        _sd_bind "$_sd_file"
    done
    if ! _sd_words=$(chroot "$_sd_root" /bin/sh -c : 2>&1); then
        _sd_fail "the root cannot be entered: $_sd_words"
    fi
    [ -z "$_sd_user" ] || _sd_find_groups
    # shellcheck disable=SC2086 # split into words
    if [ -z "$_sd_user" ]; then
        _sd_exec $_sd_personality chroot "$_sd_root" "$@"
    elif chroot --userspec=1:1 "$_sd_root" /bin/sh -c : 2>/dev/null; then
        _sd_exec $_sd_personality chroot --userspec="$_sd_user" --groups="$_sd_groups" "$_sd_root" "$@"
    elif chroot "$_sd_root" setpriv --reuid 1 --regid 1 --groups 1 /bin/sh -c : 2>/dev/null; then
        _sd_exec $_sd_personality chroot "$_sd_root" setpriv --reuid "${_sd_user%:*}" --regid "${_sd_user#*:}" --groups "$_sd_groups" "$@"
    fi
    _sd_fail "the command cannot be run as $_sd_user: neither the image has a chroot that changes the user, nor the root setpriv"
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

# ---- Lists and packages ------------------------------------------------------------------------------------------------

# Prints list $1, one name a line.
_sd_list() {
    if [ -e "$_sd_lists/$1" ]; then
        cat "$_sd_lists/$1"
    elif [ -e "$_sd_lists/$1.gz" ]; then
        gzip -dc "$_sd_lists/$1.gz" || printf ' \n'
    fi
}

# Puts the lists into files names.LIST.
_sd_read_lists() {
    for _sd_name in preinstall install no-install remove; do
        _sd_list "$_sd_name" | awk 'NF && !seen[$0]++' >"$_sd_state/names.$_sd_name"
        if _sd_words=$(grep -n -e '[[:space:][:cntrl:]/]' -e '^-' "$_sd_state/names.$_sd_name"); then
            _sd_fail "list $_sd_name, line ${_sd_words%%:*}: no name of a package"
        fi
    done
    # What is not to be installed again is there before.
    cat "$_sd_state/names.preinstall" "$_sd_state/names.no-install" | awk '!seen[$0]++' >"$_sd_state/names"
    mv "$_sd_state/names" "$_sd_state/names.preinstall"
}

# Prints the architectures that packages for $1 may have, as the installer calls them, the best first.
_sd_arches() {
    case $_sd_format:$1 in
        deb:i?86) echo i386 ;;
        deb:x86_64) echo amd64 i386 ;;
        deb:aarch64) echo arm64 ;;
        deb:armv7l) echo armhf armel ;;
        deb:ppc64le) echo ppc64el ;;
        rpm:i?86) echo "$1" i586 i686 i486 i386 ;;
        rpm:x86_64) echo x86_64 x86_64_v2 x86_64_v3 amd64 ia32e i686 i586 i486 i386 ;;
        rpm:armv7l) echo armv7l armv7hl armv7hnl armv6l armv6hl armv5tel ;;
        *) echo "$1" ;;
    esac
}

# Sets _sd_ranks to all architectures that packages of this root may have, the best first; _sd_hosts to those of the host.
_sd_set_ranks() {
    _sd_hosts=$(_sd_arches "$_sd_host")
    _sd_targets=$(_sd_arches "$_sd_target")
    if [ "$_sd_mode" = Cross ]; then
        _sd_ranks="$_sd_hosts noarch all $_sd_targets"
    else
        _sd_ranks="$_sd_targets noarch all $_sd_hosts"
    fi
}

# Finds the packages of names.preinstall and names.install; puts lines NAME, ARCH, VERSION, PATH, by tabs, into files
# packages.preinstall, packages.install and packages.no-install, in the order of the lists.
_sd_find_packages() {
    _sd_set_ranks
    sort -u "$_sd_state/names.preinstall" "$_sd_state/names.install" >"$_sd_state/wanted"
    true >"$_sd_state/found"
    if [ -s "$_sd_state/wanted" ]; then
        [ -d "$_sd_repository" ] || _sd_fail "the repository is not there: no directory \"$_sd_repository\""
        # With "/": the directory may be a link to one.
        find -L "${_sd_repository%/}/" -type f -name "*.$_sd_format" ! -name '*.src.rpm' ! -name '*.nosrc.rpm' 2>/dev/null |
            sort >"$_sd_state/files"
        [ -s "$_sd_state/files" ] || _sd_fail "the repository holds no *.$_sd_format file"
        # Most files are named after their package: only those are opened.
        _sd_files_by_name >"$_sd_state/guessed"
        _sd_index <"$_sd_state/guessed" >"$_sd_state/index"
        _sd_look_up
        if grep -q '^?' "$_sd_state/found"; then
            _sd_index <"$_sd_state/files" >"$_sd_state/index"
            _sd_look_up
        fi
    fi
    _sd_complain
    _sd_take_newest
    for _sd_name in preinstall install no-install; do
        awk -F '\t' -v OFS='\t' 'FILENAME == ARGV[1] { found[$2] = $3 OFS $4 OFS $5 OFS $6; next }
            !seen[found[$1]]++ { print found[$1] }' "$_sd_state/found" "$_sd_state/names.$_sd_name" >"$_sd_state/packages.$_sd_name"
    done
}

# Of files, prints those whose names begin as those of wanted packages do.
_sd_files_by_name() {
    awk -v format="$_sd_format" '
        FILENAME == ARGV[1] { wanted[$0]; if (sub(/[:.][a-z0-9_]+$/, "")) wanted[$0]; next }
        {
            base = $0
            sub(/.*\//, "", base)
            base = substr(base, 1, length(base) - length(format) - 1)
            name = base
            if (format == "deb") sub(/_.*/, "", name)
            else if (sub(/\.[^.]*$/, "", name) && !(name in wanted)) sub(/-[^-]*-[^-]*$/, "", name)
            if (name in wanted || base in wanted) print
        }' "$_sd_state/wanted" "$_sd_state/files"
}

# Finds the wanted packages in the index. Puts lines into found: "= NAME-AS-WANTED NAME ARCH VERSION PATH" for each of the best
# architecture; "! NAME-AS-WANTED ARCH PATH" if there are only those of other ones; "# NAME-AS-WANTED WORDS PATH" if it cannot
# be read; "? NAME-AS-WANTED" if there is none.
_sd_look_up() {
    awk -F '\t' -v OFS='\t' -v ranks="$_sd_ranks" '
        BEGIN { n = split(ranks, order, " "); for (i = n; i > 0; i--) rank[order[i]] = i }
        FILENAME == ARGV[1] { lines[$1] = lines[$1] $0 "\n"; next }
        {
            name = $1
            suffix = ""
            if (!(name in lines) && match(name, /[:.][a-z0-9_]+$/)) {
                suffix = substr(name, RSTART + 1)
                name = substr(name, 1, RSTART - 1)
            }
            best = n + 1
            count = 0
            other = ""
            lines_left = split(lines[name], line, "\n") - 1
            for (i = 1; i <= lines_left; i++) {
                split(line[i], field, "\t")
                if (suffix != "" && field[2] != suffix) continue
                if (field[2] == "corrupt") { if (other == "") other = "#" OFS $1 OFS field[3] OFS field[4]; continue }
                if (!(field[2] in rank)) { if (other == "") other = "!" OFS $1 OFS field[2] OFS field[4]; continue }
                if (rank[field[2]] > best) continue
                if (rank[field[2]] < best) count = 0
                best = rank[field[2]]
                hit[++count] = line[i]
            }
            if (count > 0) for (i = 1; i <= count; i++) print "=", $1, hit[i]
            else print other != "" ? other : "?" OFS $1
        }' "$_sd_state/index" "$_sd_state/wanted" >"$_sd_state/found"
}

# Fails if found names packages that cannot be had.
_sd_complain() {
    _sd_tab=$(printf '\t')
    while IFS=$_sd_tab read -r _sd_kind _sd_name _sd_what _sd_file; do
        case $_sd_kind in
            '!') _sd_fail "$_sd_name: ${_sd_file##*/} is for $_sd_what, and neither for the target $_sd_target nor for the host $_sd_host" ;;
            '#') _sd_fail "$_sd_name: ${_sd_file##*/} is no package: $_sd_what" ;;
            '?') _sd_fail "$_sd_name: the repository holds no package of this name" ;;
        esac
    done <"$_sd_state/found"
}

# Of several versions of a package in found, leaves the newest.
_sd_take_newest() {
    true >"$_sd_state/newest"
    _sd_kept=''
    _sd_kept_name=''
    _sd_kept_version=''
    while IFS=$_sd_tab read -r _sd_kind _sd_name _sd_what _sd_arch _sd_version _sd_file; do
        if [ "$_sd_name" = "$_sd_kept_name" ]; then
            _sd_is_newer "$_sd_version" "$_sd_kept_version" || continue
        elif [ -n "$_sd_kept" ]; then
            printf '%s\n' "$_sd_kept" >>"$_sd_state/newest"
        fi
        _sd_kept_name=$_sd_name
        _sd_kept_version=$_sd_version
        _sd_kept=$(printf '=\t%s\t%s\t%s\t%s\t%s' "$_sd_name" "$_sd_what" "$_sd_arch" "$_sd_version" "$_sd_file")
    done <"$_sd_state/found"
    [ -z "$_sd_kept" ] || printf '%s\n' "$_sd_kept" >>"$_sd_state/newest"
    mv "$_sd_state/newest" "$_sd_state/found"
}

# Prints of packages.$1 the paths of those for the target (or "all"), or of those for the host alone.
_sd_paths() {
    awk -F '\t' -v ranks="$_sd_targets noarch all" -v which="$2" '
        BEGIN { n = split(ranks, arch, " "); for (i = 1; i <= n; i++) target[arch[i]] }
        ($2 in target) == (which == "target") { print $4 }' "$_sd_state/packages.$1"
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
        _sd_remove
    fi
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
    # shellcheck disable=SC2086 # split into words
    env -i PATH="$PATH" HOME="$_sd_home" LC_ALL=C DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true \
        $_sd_personality "$@" &
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
if [ -n "$_sd_inner" ]; then
    _sd_install "$@"
    exit "${_sd_code:-0}"
fi
_sd_find_personality
if [ -z "$_sd_enter" ]; then
    if [ "$_sd_installer" = ObsBuild ]; then
        _sd_run_installation "$@"
        exit "$_sd_code"
    fi
    _sd_run_installation
    [ "$_sd_code" -eq 0 ] && [ "$#" -gt 0 ] || exit "$_sd_code"
fi
[ "$#" -gt 0 ] || _sd_fail 'there is no command'
# Shells hand on neither variables whose names are none to them, such as those of the keys of a Secret, nor unchanged those that
# this script uses. A line's end within one is a \001 here.
_sd_newline='
'
set -f
IFS=$_sd_newline
for _sd_line in $(tr '\000\n' '\n\001' <"/proc/$$/environ" | grep -e '^_sd_' -e '^[^A-Za-z_]' -e '^[A-Za-z0-9_]*[^A-Za-z0-9_=][^=]*='); do
    _sd_line=$(printf '%s.' "$_sd_line" | tr '\001' '\n')
    set -- "${_sd_line%.}" "$@"
    _sd_odd=yes
done
unset IFS
set +f
[ -z "${_sd_odd-}" ] || set -- env "$@"
if [ "$_sd_root" = / ]; then
    _sd_become "$@"
else
    _sd_become_in_root "$@"
fi
