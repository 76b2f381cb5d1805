# shellcheck shell=bash
# What has to be there before anything is started.

# program:package
programs=(socat:socat conntrack:conntrack ethtool:ethtool ip:iproute2 iptables:iptables
  nsenter:util-linux unshare:util-linux setsid:util-linux mount:mount openssl:openssl curl:curl mmdebstrap:mmdebstrap rpmbuild:rpm
  busybox:busybox-static qemu-riscv64-static:qemu-user-static ps:procps sha256sum:coreutils)
need_free_mib=4096

check_machine() {
  [[ $(uname -s) == Linux && -e /etc/debian_version ]] || die 'this is not Debian'
  case $(uname -m) in
    x86_64 | aarch64) ;;
    *) die "the cluster runs on x86_64 and aarch64, not on $(uname -m)" ;;
  esac
  check_cgroups
  [[ $(stat -f -c %T -- "$(existing "$base")") != overlay* ]] ||
    die "$base is on an overlay file system, where containerd cannot unpack images: set SMART_DISPATCHER_CLUSTER_DIR"
  grep -qw overlay /proc/filesystems || quietly modprobe overlay || die 'the kernel has no overlay file system'
}

# existing PATH: itself or the nearest above that is there
existing() {
  local path=$1
  while [[ $path != / && ! -e $path ]]; do path=$(dirname -- "$path"); done
  printf '%s\n' "$path"
}

# check_disk DIRECTORY
check_disk() {
  local path free mount
  path=$(existing "$1")
  read -r free mount < <(df -Pk -- "$path" | awk 'NR == 2 { print $(NF - 2), $NF }')
  ((free / 1024 >= need_free_mib)) ||
    die "not enough disk: $1 has $((free / 1024)) MiB free (on $mount), the cluster needs $need_free_mib MiB"
}

# What is there although this cluster was not started is somebody else's.
check_names() {
  if [[ ! -e $state/run ]]; then
    ! groups_exist || die "the cgroup \"$prefix\" exists, but does not belong to this cluster: set SMART_DISPATCHER_CLUSTER to another name"
  fi
  running host.forward || check_port
}

# The images have nothing but busybox: one that needs libraries ends at once, and so do the pods.
busybox_is_static() { ! ldd "$(command -v busybox)" >/dev/null 2>&1; }

missing_programs() {
  local each
  for each in "${programs[@]}"; do
    command -v "${each%%:*}" >/dev/null || printf '%s\n' "${each#*:}"
  done
}

missing_packages() {
  missing_programs
  if command -v busybox >/dev/null && ! busybox_is_static; then printf 'busybox-static\n'; fi
  [[ -x /usr/lib/cni/bridge && -x /usr/lib/cni/host-local ]] || printf 'containernetworking-plugins\n'
}

apt() {
  DEBIAN_FRONTEND=noninteractive timeout 1800 apt-get -q -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=5 "$@"
}

# ensure_packages COMMAND: those that COMMAND prints
ensure_packages() {
  local missing
  mapfile -t missing < <("$1" | sort -u)
  ((${#missing[@]} > 0)) || return 0
  say "installing ${missing[*]}"
  # Only with old lists, or none, they have to be fetched.
  quietly apt install --no-install-recommends "${missing[@]}" || {
    quietly apt update || die "apt-get update failed: $reason"
    quietly apt install --no-install-recommends "${missing[@]}" || die "apt-get install failed: $reason"
  }
  mapfile -t missing < <("$1" | sort -u)
  ((${#missing[@]} == 0)) || die "still missing after apt-get install: ${missing[*]}"
}

# What compiles runc, installed only where it has to be compiled.
compiler=(gcc:gcc pkg-config:pkg-config)
missing_compiler() {
  local programs=("${compiler[@]}")
  missing_programs
  [[ -e /usr/include/stdlib.h ]] || printf 'libc6-dev\n'
  pkg-config --exists libseccomp 2>/dev/null || printf 'libseccomp-dev\n'
}

ensure_binaries() {
  local go
  "$here/control-plane/build" --check "${binaries[@]}" >/dev/null &&
    "$here/container-runtime/build" --check "${runtime_binaries[@]}" >/dev/null && return
  go=$(bash "$here/control-plane/install-go") || die 'cannot install Go, which builds Kubernetes and containerd'
  PATH=$go:$PATH "$here/control-plane/build" "${binaries[@]}" || die 'cannot build Kubernetes'
  "$here/container-runtime/build" --check runc >/dev/null || ensure_packages missing_compiler
  PATH=$go:$PATH "$here/container-runtime/build" "${runtime_binaries[@]}" || die 'cannot build containerd and runc'
}

# Sets bin, Kubernetes' binaries, and runtime, those of the container runtime.
find_binaries() {
  bin=$("$here/control-plane/build" --print-dir)
  runtime=$("$here/container-runtime/build" --print-dir)
}
