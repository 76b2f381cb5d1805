#!/bin/sh
# Before a build with a cache of its own: makes room among the caches of all packages of a namespace on a worker, and the directory of
# this package.
#
#     cache.sh --dir DIR --name NAME --size BYTES [--busy NAME]...
#
#   --dir DIR      holds a directory for each package, and beside it NAME.used, whose time says when a build had it last. A build sees
#                  its own directory alone, so it can neither read nor clear those of others, nor make its own look newer than it is
#   --name NAME    of this build's
#   --size BYTES   they may take together before the build begins; what a build adds counts for the next one
#   --busy NAME    of a build that runs on this worker now: it is not removed. Of one that has begun since then, NAME.used is new
#
# The caches that were not used for the longest time go. Under a lock: one pod at a time makes room. Whatever goes wrong costs only time,
# so the exit code is 0.
#
# For POSIX shells (dash, bash, busybox).

set -u
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
dir=''
name=''
size=''
busy=' '
while [ "$#" -ge 2 ]; do
    case $1 in
        --dir) dir=$2 ;;
        --name) name=$2 ;;
        --size) size=$2 ;;
        --busy) busy="$busy$2 " ;;
        *) break ;;
    esac
    shift 2
done

say() {
    printf 'smart-dispatcher: %s\n' "$*" >&2
}

too_much() {
    [ "$(du -sk "$dir" | cut -f 1)" -gt "$((size / 1024))" ]
}

# Removes the cache $1.
prune() {
    # Renamed first: what is half removed is nobody's cache.
    if mv "$dir/$1" "$dir/$1.old"; then
        rm -rf "$dir/$1.old"
        say "removed the cache $1, the one that was not used for the longest time"
    fi
    rm -f "$dir/$1.used"
}

make_room() {
    # What somebody who died has left.
    rm -rf "$dir"/*.old
    # shellcheck disable=SC2012 # names of the operator's own
    ls -1tr "$dir" | sed -n 's/\.used$//p' | while read -r victim; do
        too_much || break
        case $busy in
            *" $victim "*) ;;
            *) prune "$victim" ;;
        esac
    done
}

# Caches of builds with different users have the pod's group in common.
umask 002
if ! command -v flock >/dev/null; then
    say 'no cache is removed, whatever they take: the image has no flock'
elif ! (
    exec 8>>"$dir/lock" && flock -x 8 || exit 1
    ! too_much || make_room
    # Before others look: a cache that is about to be used is a new one.
    true >"$dir/$name.used"
); then
    say "no cache is removed: $dir cannot be written"
fi
mkdir -p "$dir/$name" || say "the cache $dir/$name cannot be made"
exit 0
