# shellcheck shell=bash
# What runs and what does not, for people; the exit status for programs.

command_status() {
  (($# == 0)) || wrong_usage "status does not take \"$1\""
  need_root
  if [[ ! -e $state/nodes ]]; then
    printf 'There is no cluster "%s": run e2e/cluster up\n' "$prefix"
    exit 1
  fi
  need_cluster
  local healthy=yes
  show_components || healthy=''
  show_nodes || healthy=''
  printf '\nexport KUBECONFIG=%s\n' "$kubeconfig"
  [[ -n $healthy ]] || exit 1
}

component_names() {
  local place component
  for place in "${places[@]}"; do
    for component in $(components_of "$place"); do printf '%s.%s\n' "$place" "$component"; done
  done
  printf '%s\n' control-plane.forward host.forward host.volumes
}

state_of() {
  if ! running "$1"; then
    [[ -e $state/run/$1 ]] && printf 'ended' || printf 'not started'
  elif paused "$1"; then
    printf 'paused'
  else
    printf 'running'
  fi
}

version_of() {
  case $1 in
    etcd) "$bin/etcd" --version | sed -n 's/^etcd Version: /v/p' ;;
    containerd) "$runtime/containerd" --version | awk '{ print $3 }' ;;
    kube*) "$bin/$1" --version | awk '{ print $2 }' ;;
  esac
}

show_components() {
  local name now healthy=yes pid memory
  printf '%-40s %-12s %-20s %8s %8s\n' COMPONENT STATE VERSION PID 'RSS MiB'
  for name in $(component_names); do
    now=$(state_of "$name")
    [[ $now == running ]] || healthy=''
    pid=$(process "$name") || pid=''
    memory=$([[ -z $pid ]] || awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$pid/status" 2>/dev/null)
    printf '%-40s %-12s %-20s %8s %8s\n' "$name" "$now" "$(version_of "${name##*.}" 2>/dev/null)" "${pid:--}" "${memory:--}"
  done
  [[ -n $healthy ]]
}

show_nodes() {
  printf '\n'
  if ! api_ready; then
    printf 'The API server does not answer: %s\n' "$reason"
    return 1
  fi
  kubectl get nodes -o wide --request-timeout=5s || return 1
  nodes_ready
}
