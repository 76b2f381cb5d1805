# shellcheck shell=bash
# The arguments of "build", which are the same for all.
# shellcheck disable=SC2034,SC2154 # shared with the files beside this one

options_usage() {
  cat <<USAGE
Usage: build [NAME...]          build what is missing, stale or damaged
       build --check [NAME...]  exit 0 if all exist and are intact, else 1 with a line for each problem
       build --print-dir        print the directory of the binaries and do nothing else
       build --help             print this text

NAME is one of: ${all_names[*]}
Without a NAME: ${default_names[*]}
USAGE
}

# find_cache: sets cache
find_cache() {
  cache=${SMART_DISPATCHER_CACHE:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}/smart-dispatcher}
  [[ $cache != /smart-dispatcher ]] || die 'no place for the binaries: set HOME, XDG_CACHE_HOME or SMART_DISPATCHER_CACHE'
  [[ $cache == /* ]] || cache=$PWD/$cache
}

find_platform() {
  [[ $(uname -s) == Linux ]] || die "builds only on Linux, not on $(uname -s)"
  case $(uname -m) in
    x86_64) platform=linux-amd64 ;;
    aarch64) platform=linux-arm64 ;;
    *) platform=linux-$(uname -m) ;;
  esac
}

main() {
  local mode=build names=() ordered=() name
  while (($# > 0)); do
    case $1 in
      -h | --help)
        usage
        exit 0
        ;;
      --print-dir) mode=print-dir ;;
      --check) mode=check ;;
      -*) wrong_usage "unknown option $1" ;;
      *)
        among "$1" "${all_names[@]}" || wrong_usage "unknown name \"$1\": use one of ${all_names[*]}"
        names+=("$1")
        ;;
    esac
    shift
  done
  ((${#names[@]} > 0)) || names=("${default_names[@]}")
  # in the order of building, each once
  for name in "${all_names[@]}"; do
    if among "$name" "${names[@]}"; then ordered+=("$name"); fi
  done
  find_platform
  find_cache
  name_directory
  case $mode in
    print-dir) printf '%s\n' "$dir" ;;
    check) check_all "${ordered[@]}" ;;
    build) build_all "${ordered[@]}" ;;
  esac
}
