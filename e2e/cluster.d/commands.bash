# shellcheck shell=bash
# The small sub-commands, mostly for tests that break things.

need_cluster() {
  need_root
  [[ -e $state/nodes ]] || die "there is no cluster \"$prefix\": run e2e/cluster up"
  find_binaries
  [[ -x $bin/kubectl ]] || die "$bin lacks its binaries: run e2e/cluster down, then e2e/cluster up"
}

check_place() {
  among "${1-}" "${places[@]}" || wrong_usage "unknown place \"${1-}\": use one of ${places[*]}"
}

check_component() {
  local known
  check_place "${1-}"
  mapfile -t known < <(components_of "$1")
  among "${2-}" "${known[@]}" || wrong_usage "unknown component \"${2-}\" of $1: use one of ${known[*]}"
  (($# == 2)) || wrong_usage "$subcommand takes a place and a component"
}

need_running() { running "$1.$2" || die "$2 of $1 is not running"; }

command_kubectl() {
  need_cluster
  exec env -u KUBECONFIG "$bin/kubectl" --kubeconfig "$kubeconfig" "$@"
}

command_helm() {
  need_cluster
  exec env -u KUBECONFIG "HOME=$state" "$bin/helm" --kubeconfig "$kubeconfig" "$@"
}

command_exec() {
  check_place "${1-}"
  local place=$1
  shift
  [[ ${1-} != -- ]] || shift
  (($# > 0)) || wrong_usage 'exec needs a command'
  need_cluster
  [[ -e $state/ns/$place.ready ]] || die "$place is not up"
  join_group "system/exec" "$$"
  exec nsenter "--net=$state/ns/$place.net" "--mount=$state/ns/$place.mnt" -- env "PATH=$runtime:$PATH" "$@"
}

command_pause() {
  check_component "$@"
  need_cluster
  need_running "$@"
  signal_process "$1.$2" STOP
  await 60 paused "$1.$2" || die "$2 of $1 does not stop"
}

command_continue() {
  check_component "$@"
  need_cluster
  need_running "$@"
  signal_process "$1.$2" CONT
}

command_kill() {
  check_component "$@"
  need_cluster
  need_running "$@"
  signal_process "$1.$2" KILL
  await 60 ended "$1.$2" || die "$2 of $1 does not end"
}

command_restart() {
  check_component "$@"
  need_cluster
  take_turn
  end "$1.$2"
  ensure_component "$1" "$2"
}

check_node() {
  among "${1-}" "${nodes[@]}" || wrong_usage "unknown node \"${1-}\": use one of ${nodes[*]}"
  (($# == 1)) || wrong_usage "$subcommand takes a node"
}

command_cut() {
  check_node "$@"
  need_cluster
  set_cable "$1" down
}

command_join() {
  check_node "$@"
  need_cluster
  set_cable "$1" up
}

command_load() {
  local file
  (($# > 0)) || wrong_usage 'load needs a file'
  for file; do [[ -f $file && -r $file ]] || die "there is no file $file"; done
  need_cluster
  for file; do
    for_each_node import_file "$file"
  done
}
