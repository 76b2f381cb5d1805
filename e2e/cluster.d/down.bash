# shellcheck shell=bash
# Removes the cluster as a power cut would, whatever state it is in. What it ends is in its cgroups, or recorded.

command_down() {
  (($# == 0)) || wrong_usage "down does not take \"$1\""
  need_root
  ! grep -q ":/$prefix/" /proc/self/cgroup || die 'this shell is inside of the cluster: call down from outside'
  take_turn
  if [[ ! -d $state ]]; then
    say "there is no cluster \"$prefix\""
    return
  fi
  await 30 kill_members || die "processes do not end: $(group_members | tr '\n' ' ')"
  remove_namespaces
  await 10 remove_groups || die "cgroups \"$prefix\" cannot be removed"
  remove_mount_points
  restore_sysctls
  # No further than this file system: should something still be mounted, it is not emptied.
  rm -rf --one-file-system -- "$state"
  rmdir -- "$base" 2>/dev/null || true
  say "cluster \"$prefix\" is gone"
}
