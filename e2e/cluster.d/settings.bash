# shellcheck shell=bash
# What can be set, and what follows from it. Read by the files beside this one.
# shellcheck disable=SC2034

prefix=${SMART_DISPATCHER_CLUSTER:-sd}
base=${SMART_DISPATCHER_CLUSTER_DIR:-/var/lib/smart-dispatcher-cluster}
cache=${SMART_DISPATCHER_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/smart-dispatcher}

# Whose images and chart "up" installs.
root=${SMART_DISPATCHER_CLUSTER_PROJECT:-$(cd -- "$here/.." && pwd -P)}

# Not below target/: "mvn clean" would delete it under a running cluster.
state=$base/$prefix
kubeconfig=$state/kubeconfig
api_socket=api.sock

# setting NAME DEFAULT: the number that a cluster which is there was started with, else the default
setting() {
  local value
  value=$(cat -- "$state/$1" 2>/dev/null) || true
  [[ $value =~ ^[0-9]+$ ]] || value=$2
  printf '%s\n' "$value"
}

port=${SMART_DISPATCHER_CLUSTER_PORT:-$(setting port 6443)}
node_count=${SMART_DISPATCHER_CLUSTER_NODES:-$(setting nodes 2)}

# All addresses are in the cluster's own network namespaces and collide with nothing outside.
control_plane_address=10.231.0.1
service_network=10.0.0.0/24
# Of the Service "kubernetes". The API server itself listens there: pods reach it without any translation of addresses.
api_address=10.0.0.1

node_address() { printf '10.231.0.1%s' "${1#n}"; }
pod_network() { printf '10.244.%s.0/24' "${1#n}"; }

# Called by check_settings, once the number is known to be one.
name_nodes() {
  local i
  nodes=()
  for ((i = 1; i <= node_count; i++)); do nodes+=("n$i"); done
  places=(control-plane "${nodes[@]}")
}

control_plane_components=(etcd kube-apiserver kube-controller-manager kube-scheduler)
node_components=(containerd kubelet)
binaries=(kube-apiserver kube-controller-manager kube-scheduler kubelet kubectl etcd helm)
runtime_binaries=(containerd containerd-shim-runc-v2 ctr runc)

check_settings() {
  [[ $prefix =~ ^[a-z][a-z0-9-]{0,19}$ ]] ||
    wrong_usage "SMART_DISPATCHER_CLUSTER is \"$prefix\": use up to 20 characters of a-z, 0-9 and -, the first a letter"
  [[ $port =~ ^[0-9]{1,5}$ ]] && ((10#$port >= 1 && 10#$port <= 65535)) ||
    wrong_usage "SMART_DISPATCHER_CLUSTER_PORT is \"$port\": use a port from 1 to 65535"
  [[ $node_count =~ ^[1-9]$ ]] || wrong_usage "SMART_DISPATCHER_CLUSTER_NODES is \"$node_count\": use a number from 1 to 9"
  [[ $base == /* && $cache == /* && $root == /* ]] ||
    wrong_usage 'SMART_DISPATCHER_CLUSTER_DIR, SMART_DISPATCHER_CLUSTER_PROJECT and SMART_DISPATCHER_CACHE have to be absolute paths'
  # The kernel takes 107 characters. The nodes' sockets are at short paths of their own mount namespaces.
  ((${#state} + ${#api_socket} <= 100)) || wrong_usage "$state is too long for UNIX sockets: set SMART_DISPATCHER_CLUSTER_DIR"
  name_nodes
}
