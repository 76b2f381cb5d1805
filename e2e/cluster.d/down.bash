# shellcheck shell=bash
# Removes the cluster as a power cut would, whatever state it is in. What it ends is in its cgroups, or recorded.

command_down() {
  (($# == 0)) || wrong_usage "down does not take \"$1\""
  need_root
  ! grep -q ":/$prefix/" /proc/self/cgroup || die 'this shell runs inside the cluster: run down from outside'
  take_turn
  if [[ ! -d $state ]]; then
    say "there is no cluster \"$prefix\""
    return
  fi
  remove_cluster
  say "cluster \"$prefix\" is removed"
}

remove_cluster() {
  await 120 kill_members || die "processes do not end: $(group_members | tr '\n' ' ')"
  remove_namespaces
  await 60 remove_groups || die "cannot remove the cgroups \"$prefix\""
  # No further than this file system: should something still be mounted, it is not emptied.
  rm -rf --one-file-system -- "$state"
  # What clusters side by side share goes with the last one.
  if [[ -z $(find "$base" -mindepth 1 -maxdepth 1 -type d -print -quit) ]]; then
    remove_mount_points
    restore_sysctls
    rmdir -- "$base" 2>/dev/null || true
  fi
}
