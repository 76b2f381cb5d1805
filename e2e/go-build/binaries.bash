# shellcheck shell=bash
# What is pinned, and whether the binaries that are there are those. Read by the files "build" of the directories beside this
# one, which define:
#   all_names, default_names  the binaries, in the order of building
#   recipe_revision           raised when the way of building changes in a manner that the hashed inputs do not show
#   load_recipe NAME          sets how to build NAME, and calls hash_inputs; false if there is no such binary:
#                             module (a directory beside "build"), package, version, tags, ldflags, cgo (0 or 1), answer_args
#                             (what NAME prints its version for), seconds (with cold caches on two idle cores)
#   name_directory            sets dir, whose name contains all pinned versions
#   expected NAME             prints how long it takes, from seconds
#   check_tools NAME...       ends with an error if these need more than Go
# shellcheck disable=SC2154 # here, dir and what load_recipe sets

say() { printf 'build: %s\n' "$*" >&2; }

die() {
  say "error: $*"
  exit 1
}

cannot_build() {
  say "error: $*"
  exit 3
}

wrong_usage() {
  say "error: $* (see build --help)"
  exit 2
}

# among NAME NAMES...
among() {
  local name
  for name in "${@:2}"; do
    [[ $name != "$1" ]] || return 0
  done
  return 1
}

# --- what is pinned ---------------------------------------------------------

# pinned DIRECTORY MODULE: the version of MODULE in DIRECTORY/go.mod
pinned() {
  awk -v module="$2" '
    $1 == "require" && $2 == module { print $3; exit }
    $1 == module && $2 ~ /^v[0-9]/  { print $2; exit }' "$here/$1/go.mod"
}

# need_pins NAME...: of variables NAME_version, each pinned in NAME/go.mod
need_pins() {
  local name variable
  for name in "$@"; do
    variable=${name}_version
    [[ ${!variable} == v* ]] || die "no pinned version of $name in $here/$name/go.mod"
  done
}

# Of all that load_recipe has set.
hash_inputs() {
  inputs=$({
    printf '%s\n' "$recipe_revision" "$platform" "$package" "$version" "$tags" "$ldflags"
    ((cgo == 0)) || printf 'cgo\n'
    cat -- "$here/$module/go.mod" "$here/$module/go.sum"
  } | sha256sum)
  inputs=${inputs%% *}
}

in_words() {
  if (($1 < 45)); then
    printf 'less than a minute'
  elif (($1 < 90)); then
    printf 'about 1 minute'
  else
    printf 'about %d minutes' $((($1 + 30) / 60))
  fi
}

# --- what is there ----------------------------------------------------------

# An untouched file keeps this, so that its 90 MB need not be read at every check.
identity() { stat -c '%i:%.9Y:%.9Z' -- "$1"; }

stamped() { sed -n "s/^$2=//p" -- "$dir/.stamps/$1" 2>/dev/null; }

# inspect NAME: true if it is there and good; otherwise $problem says what is wrong
inspect() {
  local file=$dir/$1 size sum
  load_recipe "$1"
  problem=
  if [[ ! -e $file && ! -L $file ]]; then
    problem='missing'
  elif [[ ! -f $file || -L $file ]]; then
    problem='damaged: it is not a plain file'
  elif [[ ! -f $dir/.stamps/$1 ]]; then
    problem='damaged: it has no stamp, so it was not built here or not completely'
  elif [[ $(stamped "$1" inputs) != "$inputs" ]]; then
    problem='stale: it was built from another go.mod, go.sum or recipe'
  elif size=$(stat -c %s -- "$file") && [[ $(stamped "$1" size) != "$size" ]]; then
    problem="damaged: it has $size bytes instead of $(stamped "$1" size)"
  elif [[ ! -x $file ]]; then
    problem='damaged: it is not executable'
  elif [[ $(stamped "$1" identity) != "$(identity "$file")" ]]; then
    sum=$(sha256sum <"$file")
    [[ $(stamped "$1" sha256) == "${sum%% *}" ]] || problem='damaged: its checksum is wrong'
  fi
  [[ -z $problem ]]
}

check_all() {
  local name bad=0
  for name in "$@"; do
    inspect "$name" || { printf '%s is %s\n' "$name" "$problem" && bad=1; }
  done
  return "$bad"
}
