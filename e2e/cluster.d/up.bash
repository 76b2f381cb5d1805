# shellcheck shell=bash
# Starts what is missing. Each step looks first, so that a second "up" changes nothing that is well.

command_up() {
  local chart=yes began=$SECONDS
  while (($# > 0)); do
    case $1 in
      --no-chart) chart='' ;;
      *) wrong_usage "up does not take \"$1\"" ;;
    esac
    shift
  done
  need_root
  take_turn
  check_machine
  forget_other_boot
  check_names
  [[ -e $state/nodes ]] || check_disk "$base"
  ensure_packages missing_packages
  ensure_files
  claim_state
  ensure_credentials
  ensure_places
  start_everything
  for_each_node ensure_build_images
  [[ -z $chart ]] || ensure_chart
  say "cluster \"$prefix\" is up after $((SECONDS - began)) seconds; nodes that are Ready: ${nodes[*]}"
  printf 'export KUBECONFIG=%s\n' "$kubeconfig"
}

# After a reboot only files are left of a cluster.
forget_other_boot() {
  if [[ -e $state/boot && $(<"$state/boot") != "$(boot)" ]]; then
    say 'removing what is left of a cluster from before the last reboot'
    remove_cluster
  fi
}

# Compiling and unpacking side by side: the first time, both take minutes.
ensure_files() {
  local job
  find_binaries
  find_images
  { ensure_image_files && ensure_debian; } &
  job=$!
  ensure_binaries
  wait "$job" || exit 1
  # Sets what it has to, for this shell.
  ensure_debian
}

claim_state() {
  mkdir -p -- "$state/run" "$state/logs"
  # From here on this process is the cluster's: what it leaves when it is killed, "down" finds.
  join_group system/up "$$"
  write_file "$state/boot" < <(boot)
  write_file "$state/port" <<<"$port"
  write_file "$state/nodes" <<<"$node_count"
}

ensure_places() {
  local node
  ensure_namespace_directory
  ensure_mount_points
  ensure_namespaces control-plane
  configure_control_plane
  for node in "${nodes[@]}"; do
    make_group "$prefix/$node"
    ensure_namespaces "$node" "${shadowed[@]}"
    configure_node "$node"
  done
  ensure_network
}

# await_component SECONDS PLACE.COMPONENT CHECK...: gives up at once when the component has ended
await_component() {
  local end=$((SECONDS + $1)) name=$2
  shift 2
  until "$@"; do
    running "$name" || die "$name has ended: $(last_words "$name")"
    ((SECONDS < end)) || die "$name is not ready in time: $(last_words "$name")"
    sleep 0.2
  done
}

start_everything() {
  local node
  note_sysctls
  ensure_volumes
  ensure_component control-plane etcd
  ensure_component control-plane kube-apiserver
  ensure_forwarding
  for node in "${nodes[@]}"; do ensure_component "$node" containerd; done
  await_component 300 control-plane.kube-apiserver api_ready
  ensure_component control-plane kube-controller-manager
  ensure_component control-plane kube-scheduler
  for node in "${nodes[@]}"; do
    await_component 300 "$node.containerd" containerd_ready "$node"
    ensure_base_images "$node"
    ensure_component "$node" kubelet
  done
  quietly kubectl apply --server-side -f "$here/cluster.d/manifests" || die "cannot apply the manifests: $reason"
  await_component 300 "${nodes[0]}.kubelet" nodes_ready
  await_component 300 control-plane.kube-controller-manager service_account_there
}
