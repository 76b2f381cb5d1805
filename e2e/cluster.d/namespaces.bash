# shellcheck shell=bash
# Each place has a network and a mount namespace, kept by files in $state/ns: no name in /run/netns, no mount that the
# machine sees. So every node has /var/lib/kubelet, /run/containerd and /tmp of its own at the usual paths.

# in_place PLACE COMMAND...
in_place() {
  local place=$1
  shift
  nsenter "--net=$state/ns/$place.net" "--mount=$state/ns/$place.mnt" -- env "PATH=$runtime:$PATH" "$@"
}

mounts_below() {
  awk -v below="$1" '$5 == below || index($5, below "/") == 1 { print $5 }' /proc/self/mountinfo | tac
}

# A mount of its own that is private, or the kernel refuses to keep mount namespaces there.
ensure_namespace_directory() {
  mkdir -p -- "$state/ns"
  [[ -n $(mounts_below "$state/ns") ]] || mount --bind -- "$state/ns" "$state/ns"
  mount --make-private -- "$state/ns"
}

# Directories in which a node has its own mounted. Those that the machine lacks are noted before they are made.
shadowed=(/var/lib/kubelet /var/lib/containerd /var/lib/cni /var/log/pods /var/log/containers /etc/smart-dispatcher)

ensure_mount_points() {
  local directory
  for directory in "${shadowed[@]}"; do
    [[ ! -d $directory ]] || continue
    printf '%s\n' "$directory" >>"$base/made-directories"
    mkdir -- "$directory"
  done
}

# Runs in the new mount namespace. What is needed below a directory that is covered is bound to the same path again.
# shellcheck disable=SC2016 # the variables are its own
prepare_mounts='
  set -eu
  state=$1 bin=$2 runtime=$3 place=$4 && shift 4
  cover() {
    for needed in "$state" "$bin" "$runtime"; do
      case $needed in
        "$2"/*) mkdir -p "$1${needed#"$2"}" && mount --bind "$needed" "$1${needed#"$2"}" ;;
      esac
    done
    mount --rbind "$1" "$2"
  }
  mount --make-rshared /
  umount -R -- "$state/ns"
  mkdir -p "$state/$place/tmp/hostpath_pv" "$state/$place/run" "$state/volumes"
  chmod 1777 "$state/$place/tmp"
  mount --bind "$state/volumes" "$state/$place/tmp/hostpath_pv"
  mount -t tmpfs -o mode=755 run "$state/$place/run"
  mkdir -m 1777 "$state/$place/run/lock"
  for directory; do
    mkdir -p "$state/$place$directory"
    mount --bind "$state/$place$directory" "$directory"
  done
  cover "$state/$place/run" /run
  cover "$state/$place/tmp" /tmp'

# ensure_namespaces PLACE DIRECTORY...: with own DIRECTORIES
ensure_namespaces() {
  local place=$1 file=$state/ns/$1
  shift
  [[ ! -e $file.ready ]] || return 0
  # Half of it may be left from a killed one.
  umount -- "$file.net" "$file.mnt" 2>/dev/null || true
  touch "$file.net" "$file.mnt"
  unshare "--net=$file.net" ip link set lo up
  quietly unshare "--mount=$file.mnt" --propagation slave -- bash -c "$prepare_mounts" prepare_mounts \
    "$state" "$bin" "$runtime" "$place" "$@" || die "$place: cannot prepare its mounts: $reason"
  touch "$file.ready"
}

remove_namespaces() {
  local mount
  while IFS= read -r mount; do
    umount -- "$mount" 2>/dev/null || umount -l -- "$mount" || die "cannot unmount $mount"
  done < <(mounts_below "$state")
}

# Where the directory of a mount is removed, the mount goes, also in the namespace of somebody else.
mounted_anywhere() { grep -qsF -- " $1 " /proc/[0-9]*/mountinfo; }

remove_mount_points() {
  local directory
  [[ -e $base/made-directories ]] || return 0
  while IFS= read -r directory; do
    mounted_anywhere "$directory" || rmdir -- "$directory" 2>/dev/null || true
  done < <(tac -- "$base/made-directories")
  rm -f -- "$base/made-directories"
}
