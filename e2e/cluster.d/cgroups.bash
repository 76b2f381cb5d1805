# shellcheck shell=bash
# Every process of the cluster, with all its descendants, is in the cgroup /$prefix of the pids controller: daemons and
# their shims in system/NAME, pods in NODE/kubepods. So "down" finds them all and nobody else's, whatever was recorded.
# The kubelets find their cgroupRoot /$prefix/NODE in every controller.

controllers() { awk '$3 == "cgroup" { print $2 }' /proc/self/mounts; }

# With the one of version 2 that may be mounted beside: runc makes groups there, too.
hierarchies() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts; }

pids_controller() {
  controllers | grep -E '/([a-z_,]*,)?pids(,[a-z_,]*)?$' | head -n 1
}

# make_group PATH: in all controllers
make_group() {
  local mount path part file
  while IFS= read -r mount; do
    path=$mount
    for part in ${1//\// }; do
      [[ -d $path/$part ]] || mkdir -- "$path/$part"
      # Nothing can be put into a group without CPUs and memory nodes.
      for file in cpuset.cpus cpuset.mems; do
        if [[ -e $path/$file && -z $(<"$path/$part/$file") ]]; then cat "$path/$file" >"$path/$part/$file"; fi
      done
      path=$path/$part
    done
  done < <(controllers)
}

# join_group PATH PID: in the pids controller only; memory and CPU stay those of whoever called
join_group() {
  local group
  group=$(pids_controller)/$prefix/$1
  mkdir -p -- "$group"
  printf '%s\n' "$2" >"$group/cgroup.procs"
}

group_members() {
  local group
  group=$(pids_controller)/$prefix
  [[ ! -d $group ]] || find "$group" -name cgroup.procs -exec cat {} + 2>/dev/null || true
}

kill_members() {
  local members member
  members=$(group_members)
  [[ -n $members ]] || return 0
  for member in $members; do
    # What is in another PID namespace than ours is listed as 0, which kill(1) takes for this script's own group.
    ! is_process_id "$member" || kill -s KILL "$member" 2>/dev/null || true
  done
  return 1
}

groups_exist() {
  local mount
  while IFS= read -r mount; do
    [[ ! -d $mount/$prefix ]] || return 0
  done < <(hierarchies)
  return 1
}

remove_groups() {
  local mount
  while IFS= read -r mount; do
    [[ ! -d $mount/$prefix ]] || find "$mount/$prefix" -depth -type d -exec rmdir -- {} + 2>/dev/null || true
  done < <(hierarchies)
  ! groups_exist
}
