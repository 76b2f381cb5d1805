# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: prepared roots, so that the next build with the same packages unpacks one instead of installing.
#
# A root has the key of all that decides its content: architectures, mode, installer and its version, image, lists in order with
# the sums of the packages' files. In the cache, KEY is a directory with root.tar and installed (the list of --installed);
# KEY.lock is locked by who fills it, and shared by those who unpack it. It is filled as KEY.partial and renamed: a root is
# whole or not there, and whoever dies leaves nothing that is used. If there is no room, the roots that were not used for the
# longest time are removed, unless they are just being unpacked. Whatever goes wrong with the cache costs only time.
#
# A build must not be able to write here: then it could give other builds what it likes.

# Sets _sd_key, or says why there is no cache.
_sd_find_key() {
    _sd_key=''
    [ -n "$_sd_cache" ] || return 1
    [ "$_sd_root" != / ] || return 1
    if ! mkdir -p "$_sd_cache" 2>/dev/null || [ ! -w "$_sd_cache" ]; then
        _sd_say "no prepared roots: $_sd_cache cannot be written"
        return 1
    fi
    if ! _sd_program flock >/dev/null && ! command -v flock >/dev/null; then
        _sd_say 'no prepared roots: the image has no flock'
        return 1
    fi
    {
        printf '%s\n' "$_sd_installer" "$_sd_host" "$_sd_target" "$_sd_mode" "$_sd_fakechroot" "$_sd_image"
        cat "$_sd_dir"/install*.sh | sha256sum
        case $_sd_format in
            deb) dpkg --version ;;
            *) rpm --version ;;
        esac
        for _sd_name in preinstall install no-install; do
            printf '%s:\n' "$_sd_name"
            cut -f 1-3 "$_sd_state/packages.$_sd_name"
        done
        cat "$_sd_state/names.remove"
        sort -u "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | cut -f 4 | tr '\n' '\000' |
            xargs -0 -r sha256sum | cut -d ' ' -f 1
    } >"$_sd_state/key"
    _sd_key=$(sha256sum <"$_sd_state/key")
    _sd_key=${_sd_key%% *}
}

# Gets lock $1 (-s or -x) of the key, and waits for it.
_sd_lock() {
    flock -n "$1" 8 && return 0
    _sd_begin 'waiting for another pod that prepares the same root'
    flock "$1" 8 &
    _sd_child=$!
    wait "$_sd_child"
    _sd_child=''
}

# Unpacks the prepared root, if there is one. Otherwise this pod is the one that fills the cache.
_sd_cached_root() {
    _sd_find_key || return 1
    exec 8>"$_sd_cache/$_sd_key.lock"
    _sd_lock -s
    _sd_unpack_cached && return 0
    _sd_lock -x
    _sd_unpack_cached
}

_sd_unpack_cached() {
    _sd_entry=$_sd_cache/$_sd_key
    [ -e "$_sd_entry/root.tar" ] && [ -e "$_sd_entry/installed" ] || return 1
    _sd_begin 'unpacking a prepared root'
    touch "$_sd_entry/used"
    if _sd_tar -C "$_sd_root" -xpf "$_sd_entry/root.tar" >"$_sd_log" 2>&1; then
        cp "$_sd_entry/installed" "$_sd_state/have"
        _sd_cache_use=hit
        exec 8>&-
        return 0
    fi
    _sd_say "the prepared root cannot be unpacked, and is made anew: $(tail -n 1 "$_sd_log")"
    find "$_sd_root" -xdev -mindepth 1 -delete 2>/dev/null
    rm -rf "$_sd_entry"
    return 1
}

# Runs tar with what it needs to keep owners and, where it is GNU's, capabilities.
_sd_tar() {
    _sd_tar_program=$(_sd_program tar) || _sd_tar_program=tar
    if "$_sd_tar_program" --version 2>/dev/null | grep -q GNU; then
        "$_sd_tar_program" --numeric-owner --xattrs --xattrs-include='*' "$@"
    else
        "$_sd_tar_program" "$@"
    fi
}

# Puts the root into the cache, if it fits.
_sd_keep_root() {
    [ -n "$_sd_key" ] || return 0
    _sd_begin 'keeping the root for the next build'
    {
        printf '%s\n' './dev/*' './proc/*' './sys/*'
        _sd_mounts | while read -r _sd_file; do
            printf '.%s/*\n' "${_sd_file#"$_sd_root"}"
        done
    } >"$_sd_state/excluded"
    _sd_size=$(du -sk "$_sd_root" | cut -f 1)
    if ! _sd_make_room "$_sd_size"; then
        _sd_say "the root is not kept: it has $_sd_size KiB, and the cache may have $((_sd_cache_size / 1024))"
    else
        _sd_partial=$_sd_cache/$_sd_key.partial
        rm -rf "$_sd_partial"
        if mkdir "$_sd_partial" &&
            _sd_tar -C "$_sd_root" -X "$_sd_state/excluded" -cf "$_sd_partial/root.tar" . >"$_sd_log" 2>&1 &&
            cp "$_sd_state/have" "$_sd_partial/installed" && true >"$_sd_partial/used" &&
            rm -rf "$_sd_entry" && mv "$_sd_partial" "$_sd_entry"; then
            _sd_cache_use=filled
        else
            rm -rf "$_sd_partial"
            _sd_say "the root is not kept: $(tail -n 1 "$_sd_log")"
        fi
        _sd_partial=''
    fi
    exec 8>&-
}

# Removes roots until $1 KiB fit in, the one that was used last at last.
_sd_make_room() {
    [ -n "$_sd_cache_size" ] || return 0
    _sd_limit=$((_sd_cache_size / 1024))
    [ "$1" -le "$_sd_limit" ] || return 1
    # What somebody who died has left.
    for _sd_victim in "$_sd_cache"/*.partial "$_sd_cache"/*.old; do
        [ ! -e "$_sd_victim" ] || _sd_prune "${_sd_victim%.*}" "$_sd_victim"
    done
    # shellcheck disable=SC2012 # names of the cache's own
    ls -1tr "$_sd_cache"/*/used 2>/dev/null >"$_sd_state/roots"
    while [ $(($(du -sk "$_sd_cache" | cut -f 1) + $1)) -gt "$_sd_limit" ]; do
        _sd_victim=$(head -n 1 "$_sd_state/roots")
        [ -n "$_sd_victim" ] || return 1
        sed 1d "$_sd_state/roots" >"$_sd_state/roots.left"
        mv "$_sd_state/roots.left" "$_sd_state/roots"
        _sd_victim=${_sd_victim%/used}
        _sd_prune "$_sd_victim" "$_sd_victim"
    done
}

# Removes $2, of the root $1, unless somebody uses it.
_sd_prune() (
    if [ "$1" != "$_sd_cache/$_sd_key" ]; then
        exec 9>"$1.lock"
        flock -n -x 9 || exit 0
    fi
    case $2 in
        *.partial | *.old) rm -rf "$2" ;;
        *) mv "$2" "$1.old" && rm -rf "$1.old" "$1.lock" ;;
    esac
)
