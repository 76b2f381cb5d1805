# shellcheck shell=bash
# The images that need no registry: made once for the machine, imported into each node's containerd.

# Another recipe is another directory.
find_images() {
  local recipe
  recipe=$(sha256sum <"$here/cluster.d/make-images")
  images=$cache/cluster/images-${recipe:0:12}-$(uname -m)
}

ensure_image_files() {
  local new=$images.new-$prefix
  [[ ! -e $images ]] || return 0
  check_disk "$cache"
  say 'making the images from Debian packages; this takes about a minute'
  # What a killed one left.
  rm -rf -- "$new"
  mkdir -p -- "$new"
  if ! quietly "$here/cluster.d/make-images" "$new"; then
    # Lists of packages that are too old name files that are no longer there.
    quietly apt update || die "apt-get update failed: $reason"
    quietly "$here/cluster.d/make-images" "$new" || die "cannot make the images: $reason"
  fi
  # Another cluster may have been faster.
  mv -T -- "$new" "$images" 2>/dev/null || rm -rf -- "$new"
}

on_node() { in_place "$1" env CONTAINERD_SUPPRESS_DEPRECATION_WARNINGS=1 ctr -n k8s.io "${@:2}"; }

# import_file NODE FILE
import_file() {
  quietly on_node "$1" images import - <"$2" || die "$1: cannot import $2: $reason"
}

# has_images NODE NAME...
has_images() {
  local there name
  there=$(on_node "$1" images ls -q)
  for name in "${@:2}"; do
    grep -qxF -- "$name" <<<"$there" || return 1
  done
}

# for_each_node COMMAND ARGUMENT...: COMMAND NODE ARGUMENT..., on all nodes at once
for_each_node() {
  local node jobs=() job failed=''
  for node in "${nodes[@]}"; do
    "$1" "$node" "${@:2}" &
    jobs+=("$!")
  done
  for job in "${jobs[@]}"; do wait "$job" || failed=yes; done
  [[ -z $failed ]] || exit 1
}

ensure_base_images() {
  has_images "$1" local.test/pause:1 local.test/busybox:1 || import_file "$1" "$images/base.tar"
}

ensure_build_images() {
  has_images "$1" local.test/build-debian:12 local.test/build-jdk:17 || import_file "$1" "$images/builds.tar"
  load_once "$1" debian "$debian/debian.tar" "${debian##*/}"
  load_once "$1" debian-rpm "$debian/debian-rpm.tar" "${debian##*/}"
}

# Packages and sources of Debian, which builds install and build, and the image in which they do.
ensure_debian() {
  debian=$("$here/debian/make" --print-dir)
  [[ ! -e $debian ]] || return 0
  say "fetching Debian's packages and sources for builds"
  quietly unshare --mount --pid --fork --mount-proc "$here/debian/make" || die "cannot fetch Debian's packages: $reason"
}

# load_once NODE NAME FILE DIGEST
load_once() {
  local mark=$state/$1/$2.image
  [[ ! -e $mark || $(<"$mark") != "$4" ]] || return 0
  import_file "$1" "$3"
  printf '%s\n' "$4" >"$mark"
}
