# shellcheck shell=bash
# A node: containerd and kubelet, at their usual paths in its mount namespace.

node_command() {
  local node=$1
  case $2 in
    containerd) command=("$runtime/containerd" "--config=$state/$node/containerd.toml") ;;
    kubelet)
      command=("$bin/kubelet" "--config=$state/$node/kubelet.yaml" "--kubeconfig=$state/pki/$node.conf"
        "--hostname-override=$node" "--node-ip=$(node_address "$node")")
      ;;
  esac
}

# No "debug" port, no stream server that others could reach. Without CAP_SYS_RESOURCE nobody may lower oom_score_adj, and
# runc fails where it is told to.
configure_containerd() {
  write_file "$state/$1/containerd.toml" <<CONFIG
version = 4
imports = []
disabled_plugins = ["io.containerd.snapshotter.v1.blockfile", "io.containerd.snapshotter.v1.erofs",
  "io.containerd.differ.v1.erofs", "io.containerd.internal.v1.opt", "io.containerd.nri.v1.nri"]

[plugins."io.containerd.cri.v1.images".pinned_images]
sandbox = "local.test/pause:1"

[plugins."io.containerd.cri.v1.runtime"]
restrict_oom_score_adj = true
disable_apparmor = true
cdi_spec_dirs = []

[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
runtime_path = "$runtime/containerd-shim-runc-v2"
options = {BinaryName = "$runtime/runc"}

[plugins."io.containerd.cri.v1.runtime".cni]
bin_dirs = ["/usr/lib/cni"]
conf_dir = "$state/$1/cni"
CONFIG
}

configure_pod_network() {
  mkdir -p -- "$state/$1/cni"
  write_file "$state/$1/cni/10-pods.conflist" <<CONFIG
{"cniVersion": "1.0.0", "name": "$prefix-$1", "plugins": [{
  "type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
  "ipam": {"type": "host-local", "dataDir": "/var/lib/cni/networks",
    "ranges": [[{"subnet": "$(pod_network "$1")"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
CONFIG
}

# The lease and the status are renewed faster than by default, so that a lost node is seen soon. Eviction starts at
# absolute amounts: percentages of a large disk would evict from a nearly full one. There is no name service; one that
# refuses at once keeps the kubelet from a Warning on every pod.
configure_kubelet() {
  write_file "$state/$1/kubelet.yaml" <<CONFIG
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /$prefix/$1
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
address: 0.0.0.0
readOnlyPort: 0
tlsCertFile: $state/pki/$1.crt
tlsPrivateKeyFile: $state/pki/$1.key
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $state/pki/ca.crt}}
authorization: {mode: Webhook}
resolvConf: /dev/null
clusterDomain: cluster.local
clusterDNS: [$control_plane_address]
oomScoreAdj: 0
failSwapOn: false
nodeLeaseDurationSeconds: 12
nodeStatusUpdateFrequency: 4s
nodeStatusReportFrequency: 1m
serializeImagePulls: false
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 100Mi, nodefs.available: 256Mi, imagefs.available: 256Mi, nodefs.inodesFree: "10000"}
evictionPressureTransitionPeriod: 10s
shutdownGracePeriod: 0s
CONFIG
}

configure_node() {
  mkdir -p -- "$state/$1"
  configure_containerd "$1"
  configure_pod_network "$1"
  configure_kubelet "$1"
}

containerd_ready() { quietly in_place "$1" ctr --connect-timeout 2s version; }

# --- components of any place ------------------------------------------------

components_of() {
  if [[ $1 == control-plane ]]; then
    printf '%s\n' "${control_plane_components[@]}"
  else
    printf '%s\n' "${node_components[@]}"
  fi
}

# ensure_component PLACE COMPONENT: a paused one goes on
ensure_component() {
  local command
  if running "$1.$2"; then
    ! paused "$1.$2" || signal_process "$1.$2" CONT
    return
  fi
  if [[ $1 == control-plane ]]; then control_plane_command "$2"; else node_command "$1" "$2"; fi
  launch "$1.$2" "$1" "${command[@]}"
}

# The kubelet sets some of the machine's; "down" sets them back.
kubelet_sysctls=(vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys
  kernel/keys/root_maxbytes)

note_sysctls() {
  local name
  [[ ! -e $base/sysctls ]] || return 0
  for name in "${kubelet_sysctls[@]}"; do
    printf '%s %s\n' "$name" "$(cat "/proc/sys/$name")"
  done >"$base/sysctls.new"
  mv -f -- "$base/sysctls.new" "$base/sysctls"
}

restore_sysctls() {
  local name value
  [[ -e $base/sysctls ]] || return 0
  while read -r name value; do
    [[ $(cat "/proc/sys/$name") == "$value" ]] || printf '%s\n' "$value" >"/proc/sys/$name" || say "cannot set $name back to $value"
  done <"$base/sysctls"
  rm -f -- "$base/sysctls"
}
