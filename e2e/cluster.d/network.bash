# shellcheck shell=bash
# A bridge in the control plane's network namespace, and each node on it by a pair of interfaces. The machine itself is
# not on it: it reaches the API server alone, by a UNIX socket, which crosses namespaces.

in_network() {
  local place=$1
  shift
  nsenter "--net=$state/ns/$place.net" -- "$@"
}

has_link() { in_network "$1" ip link show "$2" >/dev/null 2>&1; }

ensure_network() {
  local node other
  has_link control-plane br0 || in_network control-plane ip link add br0 type bridge
  in_network control-plane ip address replace "$control_plane_address/24" dev br0
  in_network control-plane ip address replace "$api_address/32" dev br0
  in_network control-plane ip link set br0 up
  for node in "${nodes[@]}"; do
    if ! has_link "$node" eth0; then
      in_network control-plane ip link add "$node" type veth peer name eth0 netns "$state/ns/$node.net"
      in_network control-plane ip link set "$node" master br0
    fi
    in_network control-plane ip link set "$node" up
    in_network "$node" ip address replace "$(node_address "$node")/24" dev eth0
    in_network "$node" ip link set eth0 up
    in_network "$node" ip route replace default via "$control_plane_address"
    in_network "$node" sh -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
    in_network control-plane ip route replace "$(pod_network "$node")" via "$(node_address "$node")"
    for other in "${nodes[@]}"; do
      [[ $other == "$node" ]] || in_network "$node" ip route replace "$(pod_network "$other")" via "$(node_address "$other")"
    done
  done
}

# The cable's other end: a node whose own interface were set down would lose its routes.
set_cable() { in_network control-plane ip link set "$1" "$2"; }

# Without "nodelay" a client's HTTP/2 requests wait for delayed acknowledgements, 40 ms each.
ensure_forwarding() {
  running control-plane.forward || launch control-plane.forward control-plane \
    socat "UNIX-LISTEN:$state/$api_socket,fork,unlink-early,backlog=128" "TCP:$control_plane_address:443,nodelay"
  running host.forward || {
    check_port
    launch host.forward host \
      socat "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork,nodelay,backlog=128" "UNIX-CONNECT:$state/$api_socket"
  }
}

check_port() {
  if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    die "port $port is already in use: set SMART_DISPATCHER_CLUSTER_PORT"
  fi
}
