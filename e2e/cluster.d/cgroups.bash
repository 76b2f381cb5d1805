# shellcheck shell=bash
# Every process of the cluster, with all its descendants, is in a cgroup below /$prefix: daemons and their shims in
# system/NAME, pods in NODE/kubepods. So "down" finds them all and nobody else's, whatever was recorded. With cgroup v1 this
# is the pids controller's hierarchy; with v2 there is only one. The kubelets find their cgroupRoot /$prefix/NODE in every
# controller.

cgroup_root=/sys/fs/cgroup
# What kubelets need, by the names of v1 and of v2. They use hugetlb, too, where it is.
needed_controllers_1=(cpu cpuacct cpuset memory devices freezer pids)
needed_controllers_2=(cpu cpuset memory pids)

# As kubelet, containerd and runc decide it: where v2 is mounted beside the controllers of v1, it is v1.
cgroup_version() {
  if [[ $(stat -f -c %T -- "$cgroup_root" 2>/dev/null) == cgroup2fs ]]; then printf '2\n'; else printf '1\n'; fi
}

# The mount points of v1's controllers.
controllers() { awk '$3 == "cgroup" { print $2 }' /proc/self/mounts; }

# All in which a container runtime may make groups. With v1, that of v2 may be mounted beside: runc makes groups there, too.
hierarchies() { awk '$3 == "cgroup" || $3 == "cgroup2" { print $2 }' /proc/self/mounts; }

# The hierarchy that knows the cluster's processes.
process_hierarchy() {
  if [[ $(cgroup_version) == 2 ]]; then
    printf '%s\n' "$cgroup_root"
  else
    controllers | grep -E '/([a-z_,]*,)?pids(,[a-z_,]*)?$' | head -n 1
  fi
}

check_cgroups() {
  local controller
  if [[ $(cgroup_version) == 2 ]]; then
    for controller in "${needed_controllers_2[@]}"; do
      grep -qsw -- "$controller" "$cgroup_root/cgroup.controllers" ||
        die "$cgroup_root lacks the cgroup v2 controller $controller: enable it for this container, or in the kernel's command line"
    done
  else
    for controller in "${needed_controllers_1[@]}"; do
      controllers | grep -qE "[/,]$controller(,|\$)" ||
        die "there is neither cgroup v2 at $cgroup_root nor the cgroup v1 controller $controller: mount them, or let the container have them"
    done
  fi
  [[ -w $(process_hierarchy) ]] || die "cannot write to $(process_hierarchy): a container needs the right to create cgroups"
}

# make_group PATH: in all controllers
make_group() {
  local mount
  if [[ $(cgroup_version) == 2 ]]; then
    make_group_2 "$1"
  else
    while IFS= read -r mount; do make_group_1 "$mount" "$1"; done < <(controllers)
  fi
}

# make_group_1 MOUNT PATH
make_group_1() {
  local path=$1 part file
  for part in ${2//\// }; do
    [[ -d $path/$part ]] || mkdir -- "$path/$part"
    # Nothing can be put into a group without CPUs and memory nodes.
    for file in cpuset.cpus cpuset.mems; do
      if [[ -e $path/$file && -z $(<"$path/$part/$file") ]]; then cat "$path/$file" >"$path/$part/$file"; fi
    done
    path=$path/$part
  done
}

# A group has the controllers that the groups above it pass on, and one that passes on has no processes itself, save the
# machine's root. Below PATH the kubelet does the same.
make_group_2() {
  local path=$cgroup_root part
  for part in ${1//\// }; do
    pass_on_controllers "$path"
    path=$path/$part
    [[ -d $path ]] || mkdir -- "$path"
  done
}

# pass_on_controllers GROUP: those that the kubelet looks for
pass_on_controllers() {
  local controller
  for controller in "${needed_controllers_2[@]}" hugetlb; do
    grep -qsw -- "$controller" "$1/cgroup.controllers" || continue
    ! grep -qw -- "$controller" "$1/cgroup.subtree_control" || continue
    quietly pass_on "$1" "$controller" ||
      die "$1 cannot pass on the cgroup controller $controller ($reason): in a container, move all processes out of its root cgroup"
  done
}

pass_on() { printf '+%s\n' "$2" >"$1/cgroup.subtree_control"; }

# join_group PATH PID: with v1 in the pids controller only, so that memory and CPU stay those of whoever called
join_group() {
  local group
  group=$(process_hierarchy)/$prefix/$1
  mkdir -p -- "$group"
  printf '%s\n' "$2" >"$group/cgroup.procs"
}

group_members() {
  local group
  group=$(process_hierarchy)/$prefix
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
