# shellcheck shell=bash
# Compiles what is missing, one binary after the other: interruptible, repeatable, and once if run twice at once.
# shellcheck disable=SC2154 # here, dir and what load_recipe sets

need_free_mib=4096

tmp=''

# Every child that may take long is a job with a process group of its own, and
# is waited for with "wait": so a signal is acted upon at once, and stops the
# compilers that "go" started together with it.
stop_children() {
  local group n
  for group in $(jobs -p); do
    kill -TERM -- "-$group" 2>/dev/null || continue
    for ((n = 0; n < 50; n++)); do
      kill -0 -- "-$group" 2>/dev/null || continue 2
      sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
  done
}

clean_up() {
  local code=$?
  trap - EXIT
  trap '' HUP INT TERM
  stop_children
  [[ -z $tmp ]] || rm -rf -- "$tmp"
  exit "$code"
}

interrupted() {
  # to the real standard error, see run
  say "interrupted; nothing half-built is left" 2>&8
  exit "$1"
}

# run COMMAND...: as a job that a signal to this script stops
run() {
  local code=0
  set -m
  "$@" </dev/null 8>&- &
  set +m
  # bash would report a killed job in words of its own
  { wait "$!" || code=$?; } 2>/dev/null
  return "$code"
}

# attempt COMMAND...: keeps the last line of what a failing one says in $reason
reason=''
attempt() {
  local code=0
  reason=$("$@" 2>&1 >/dev/null) || code=$?
  reason=${reason##*$'\n'}
  return "$code"
}

check_go() {
  local need detail name
  need=$(for name in "$@"; do load_recipe "$name" && awk '$1 == "go" { print $2 }' "$here/$module/go.mod"; done | sort -V | tail -n 1)
  local get="install Go $need or newer, from https://go.dev/dl/ or your distribution"
  command -v go >/dev/null || cannot_build "Go is missing (no \"go\" in PATH): $get"
  load_recipe "$1"
  # Asked inside the module, so that a Go that fetches the toolchain which
  # go.mod wants counts as that toolchain.
  if ! detail=$(cd -- "$here/$module" && GOWORK=off go env GOVERSION 2>&1); then
    cannot_build "Go is too old or does not work (${detail##*$'\n'}): $get"
  fi
  [[ $detail =~ go([0-9]+(\.[0-9]+)*) ]] || cannot_build "cannot tell the version of Go from \"${detail##*$'\n'}\": $get"
  if [[ $(printf '%s\n' "$need" "${BASH_REMATCH[1]}" | sort -V | head -n 1) != "$need" ]]; then
    cannot_build "Go is too old (${BASH_REMATCH[0]}): $get"
  fi
  go_version=${detail##*$'\n'}
}

check_disk() {
  local place path free mount
  while IFS= read -r place; do
    path=$place
    while [[ -n $path && $path != / && ! -e $path ]]; do path=$(dirname -- "$path"); done
    read -r free mount < <(df -Pk -- "${path:-/}" | awk 'NR == 2 { print $(NF - 2), $NF }')
    if ((free / 1024 < need_free_mib)); then
      die "not enough disk: $place has $((free / 1024)) MiB free (on $mount), building needs $need_free_mib MiB"
    fi
  done < <(printf '%s\n' "$dir" && cd -- "$here/$module" && GOWORK=off go env GOCACHE GOMODCACHE)
}

# Names the module if that is what Go could not get, and Go's last error line:
# the lines of a proxy's answer, which follow it indented, do not count.
explain_failure() {
  local log=$1 code=$2 last wanted=''
  last=$(grep -v -e '^[[:space:]]' -e '^go: downloading ' -e '^$' -- "$log" | tail -n 1) || true
  if [[ -z $last ]]; then
    printf '"go build" ended with status %d and printed nothing' "$code"
    return
  fi
  if [[ $last =~ (^|[[:space:]])([[:alnum:]][^[:space:]:@]*@v[0-9][^[:space:]:/]*):[[:space:]] ]]; then
    wanted=${BASH_REMATCH[2]}
  elif [[ $last == *GOPROXY* ]]; then
    wanted=$(sed -n 's/^go: downloading \([^ ]*\) \([^ ]*\)$/\1@\2/p' -- "$log" | tail -n 1)
  fi
  printf '%s%s' "${wanted:+cannot get the module $wanted: }" "$last"
}

go_build() {
  cd -- "$here/$module" || exit
  exec env GO111MODULE=on GOWORK=off GOOS=linux GOARCH="${platform#linux-}" CGO_ENABLED="$cgo" GOTMPDIR="$tmp/go" \
    go build -mod=readonly -trimpath -buildvcs=false -tags="$tags" -ldflags="$ldflags" -o "$tmp/$1" "$package" \
    >"$tmp/$1.log" 2>&1 9>&-
}

# Without the user's environment: kubectl would read their kubeconfig.
ask_version() {
  exec env -i PATH="$PATH" HOME="$tmp" timeout 60 "$tmp/$1" "${answer_args[@]}" >"$tmp/$1.answer" 2>&1 9>&-
}

# Whether it may be better in a moment: Go itself asks a proxy once.
is_hiccup() {
  grep -qiE 'timeout|deadline exceeded|connection re(set|fused)|EOF|no such host|temporary failure|: (429|5[0-9][0-9]) ' -- "$1"
}

# go_build_patiently NAME: up to four times while something is in the way of fetching modules
go_build_patiently() {
  local code pause
  for pause in 3 10 30 ''; do
    code=0
    run go_build "$1" || code=$?
    if ((code == 0)) || [[ -z $pause ]] || ! is_hiccup "$tmp/$1.log"; then
      return "$code"
    fi
    say "$1: $(explain_failure "$tmp/$1.log" "$code"), trying again in $pause seconds"
    run sleep "$pause"
  done
}

build_one() {
  local name=$1 start=$SECONDS code=0 sum size log=$dir/.logs/$1.log
  load_recipe "$name"
  say "$name $version is $problem; building it takes $(expected "$1") (with 2 idle cores)"
  tmp=$(mktemp -d -- "$dir/.tmp.XXXXXX" 2>/dev/null) || die "cannot write to $dir"
  mkdir -- "$tmp/go"

  go_build_patiently "$name" || code=$?
  if ((code != 0)); then
    if ! { attempt mkdir -p -- "$dir/.logs" && attempt mv -f -- "$tmp/$name.log" "$log"; }; then
      die "$name: cannot keep the output of Go: $reason"
    fi
    die "$name: $(explain_failure "$log" "$code") (full output of Go: $log)"
  fi
  run ask_version "$name" || code=$?
  if ((code != 0)) || ! grep -qF -- "${version#v}" "$tmp/$name.answer"; then
    die "$name: was built, but \"$name ${answer_args[*]}\" does not answer ${version#v}: status $code, $(tail -n 1 -- "$tmp/$name.answer")"
  fi

  sum=$(sha256sum <"$tmp/$name")
  size=$(stat -c %s -- "$tmp/$name")
  attempt mv -fT -- "$tmp/$name" "$dir/$name" || die "$name: $reason"
  {
    printf 'name=%s\nversion=%s\ngo=%s\ninputs=%s\n' "$name" "$version" "$go_version" "$inputs"
    printf 'size=%s\nsha256=%s\nidentity=%s\n' "$size" "${sum%% *}" "$(identity "$dir/$name")"
  } >"$tmp/$name.stamp"
  # From here on any change of the file gets another time than the stamp has,
  # however coarse the clock of the file system is.
  sleep 0.05
  mkdir -p -- "$dir/.stamps"
  attempt mv -fT -- "$tmp/$name.stamp" "$dir/.stamps/$name" || die "$name: $reason"
  rm -rf -- "$tmp" "$log"
  tmp=''
  say "$name $version is built, in $((SECONDS - start)) seconds"
}

lock() {
  local other
  attempt mkdir -p -- "$dir" || die "cannot make the directory of the binaries: $reason"
  [[ -w $dir ]] || die "cannot write to $dir"
  command -v flock >/dev/null || die 'flock is missing: install util-linux'
  { exec 9<>"$dir/.lock"; } 2>/dev/null || die "cannot open $dir/.lock"
  if ! flock -n 9; then
    read -r -u 9 other || other=unknown
    say "another build is running (process $other): waiting for it"
    run flock 9 || die "cannot lock $dir/.lock"
  fi
  printf '%s\n' "$$" >"$dir/.lock"
  # What a killed build left: nobody else uses it, for we hold the lock.
  rm -rf -- "$dir"/.tmp.*
}

build_all() {
  local name todo=()
  for name in "$@"; do
    inspect "$name" || todo+=("$name")
  done
  if ((${#todo[@]} == 0)); then
    say "nothing to do, all up to date in $dir: $*"
    return
  fi
  check_go "${todo[@]}"
  check_tools "${todo[@]}"
  exec 8>&2
  trap clean_up EXIT
  trap 'interrupted 129' HUP
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  lock
  local checked=
  for name in "${todo[@]}"; do
    # again: another build may have done it while this one waited
    if inspect "$name"; then
      say "$name $version has been built meanwhile"
      continue
    fi
    [[ -n $checked ]] || check_disk
    checked=1
    build_one "$name"
  done
  say "all up to date in $dir: $*"
}
