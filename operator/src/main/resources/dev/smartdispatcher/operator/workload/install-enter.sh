# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: the root with what of the system the pod may show there, and becoming the build's command in it.

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
    if [ -z "$_sd_user" ]; then
        _sd_restore
        exec "$@"
    elif setpriv --reuid 1 --regid 1 --groups 1 true 2>/dev/null; then
        _sd_exec setpriv --reuid "${_sd_user%:*}" --regid "${_sd_user#*:}" --groups "$_sd_groups" "$@"
    elif chroot --userspec=1:1 / true 2>/dev/null; then
        # Keeps the working directory, as the new root is the old one.
        _sd_exec chroot --userspec="$_sd_user" --groups="$_sd_groups" --skip-chdir / "$@"
    elif command -v su-exec >/dev/null; then
        _sd_exec su-exec "$_sd_user" "$@"
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
        _sd_exec fakechroot fakeroot -i "$_sd_state_file" chroot "$_sd_root" "$@"
    fi
    _sd_mount_system
    for _sd_file in $_sd_binds; do
        _sd_bind "$_sd_file"
    done
    if ! _sd_words=$(chroot "$_sd_root" /bin/sh -c : 2>&1); then
        _sd_fail "the root cannot be entered: $_sd_words"
    fi
    [ -z "$_sd_user" ] || _sd_find_groups
    if [ -z "$_sd_user" ]; then
        _sd_exec chroot "$_sd_root" "$@"
    elif chroot --userspec=1:1 "$_sd_root" /bin/sh -c : 2>/dev/null; then
        _sd_exec chroot --userspec="$_sd_user" --groups="$_sd_groups" "$_sd_root" "$@"
    elif chroot "$_sd_root" setpriv --reuid 1 --regid 1 --groups 1 /bin/sh -c : 2>/dev/null; then
        _sd_exec chroot "$_sd_root" setpriv --reuid "${_sd_user%:*}" --regid "${_sd_user#*:}" --groups "$_sd_groups" "$@"
    fi
    _sd_fail "the command cannot be run as $_sd_user: neither the image has a chroot that changes the user, nor the root setpriv"
}

# Becomes command $@ where --root is, with its variables. Shells hand on neither variables whose names are none to them, such as
# those of the keys of a Secret, nor unchanged those that these scripts use. A line's end within one is a \001 here.
_sd_enter_root() {
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
}
