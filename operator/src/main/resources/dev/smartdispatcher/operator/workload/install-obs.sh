# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: obs-build, which installs and builds in one run. The command is the recipe, and options of obs-build.
#
# Its programs are called through a directory of links to them, in which two are replaced. "expanddeps" adds what rpmlist-tail
# says (no configuration of a project can say "noinstall:"). "order" puts packages of the host last, so that what is laid over
# packages of the target stays there. The root has, before obs-build starts: a macro that keeps rpm from /proc and /sys, whose
# owner nobody can change in a user namespace; device nodes, which nobody can make there; and a program that obs-build runs at
# the end of its installation. That one records the packages which are not to be installed, without which rpmbuild would not
# find what a recipe requires; and it compares. obs-build is not called with --clean, which would remove all of this.

# Sets _sd_obs to the directory of obs-build's programs.
_sd_find_obs_build() {
    for _sd_obs in /usr/lib/obs-build /usr/lib/build; do
        [ ! -x "$_sd_obs/build" ] || return 0
    done
    _sd_fail 'installer ObsBuild needs obs-build in the image: there is none'
}

# Makes the directory of links.
_sd_wrap_obs_build() {
    # With that file, obs-build uses its own directory whatever it is called with.
    [ ! -e /etc/build.conf ] || _sd_fail 'installer ObsBuild does not work with the /etc/build.conf of this image'
    _sd_wrapped=$_sd_state/obs-build
    mkdir "$_sd_wrapped"
    ln -s "$_sd_obs"/* "$_sd_wrapped/"
    rm "$_sd_wrapped/expanddeps" "$_sd_wrapped/order"
    {
        printf '#!/bin/sh\n%s/expanddeps "$@" >%s/expanded || exit 1\n' "$_sd_obs" "$_sd_state"
        # A later line of a tag replaces an earlier one.
        printf 'awk %s %s/rpmlist-tail %s/expanded\n' \
            "'FILENAME == ARGV[1] { tail[\$1] = \$0; next } \$1 in tail { print tail[\$1] substr(\$0, length(\$1) + 1); delete tail[\$1]; next }
                { print } END { for (tag in tail) print tail[tag] }'" "$_sd_state" "$_sd_state"
    } >"$_sd_wrapped/expanddeps"
    {
        printf '#!/bin/sh\n%s/order "$@" >%s/ordered || exit 1\n' "$_sd_obs" "$_sd_state"
        printf 'tr -s " " "\\n" <%s/ordered | awk %s %s/host-names -\n' "$_sd_state" \
            "'FILENAME == ARGV[1] { host[\$0]; next } \$0 in host { last = last \$0 \"\\n\"; next } NF { print } END { printf \"%s\", last }'" \
            "$_sd_state"
    } >"$_sd_wrapped/order"
    chmod 755 "$_sd_wrapped/expanddeps" "$_sd_wrapped/order"
}

# Puts into the root what must be there before obs-build starts.
_sd_seed_root() {
    mkdir -p "$_sd_root/etc/rpm" "$_sd_root/.sd" "$_sd_root/usr/lib/build/finalize-system"
    echo '%_netsharedpath /proc:/sys' >"$_sd_root/etc/rpm/macros.sd"
    mkdir -p "$_sd_root/dev"
    for _sd_node in null zero full random urandom tty; do
        true >"$_sd_root/dev/$_sd_node"
        mount --bind "/dev/$_sd_node" "$_sd_root/dev/$_sd_node" 2>/dev/null || rm -f "$_sd_root/dev/$_sd_node"
    done
    cut -f 4 "$_sd_state/packages.no-install" | while IFS= read -r _sd_file; do
        cp "$_sd_file" "$_sd_root/.sd/" || exit 1
    done || _sd_fail 'no room in the root for the packages that are to be recorded'
    sort -u "$_sd_state/want" >"$_sd_root/.sd/want"
    sort -u "$_sd_state/names.remove" >"$_sd_root/.sd/remove"
    cat "$_sd_state/overlays" >"$_sd_root/.sd/overlays"
    echo "$_sd_resolve" >"$_sd_root/.sd/resolve"
    cat >"$_sd_root/usr/lib/build/finalize-system/50-smart-dispatcher" <<'HOOK'
#!/bin/sh
# Runs in the root when obs-build has installed its packages. With nothing but the shell and rpm.
fail() {
    echo "smart-dispatcher: $*"
    echo "$*" >/.sd/problem
    exit 1
}
for file in /.sd/*.rpm; do
    [ -e "$file" ] || continue
    words=$(rpm -U --justdb --nodeps --force --noscripts --ignorearch --ignoreos --nosignature "$file" 2>&1) ||
        fail "${file##*/}: cannot be recorded: $words"
done
while IFS= read -r line; do
    case $line in
        *'scriptlet failed'*)
            line=${line#*] }
            name=${line#*(}
            name=${name%%)*}
            name=${name%.*}
            name=${name%-*-*}
            line=${line#*: }
            how=${line##*scriptlet failed}
            fail "$name: its scriptlet ${line%%(*} failed${how:+ with${how#,}}"
            ;;
        *' conflicts with file from package '*)
            line=${line#*file }
            name=${line#* from install of }
            name=${name%% *}
            name=${name%.*}
            other=${line##* }
            other=${other%.*}
            fail "${name%-*-*}: file conflict: ${line%% *} is in ${other%-*-*} too"
            ;;
    esac
done </.build.log
rpm -qa --qf '%{NAME}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\t%{ARCH}\n' >/.sd/have || fail 'the package database cannot be read'
tab=$(printf '\t')
have=' '
while IFS=$tab read -r name rest; do
    have="$have$name "
done </.sd/have
want=' '
while IFS= read -r name; do
    want="$want$name "
    case $have in
        *" $name "*) ;;
        *) fail "$name: not installed, although the lists name it" ;;
    esac
done </.sd/want
while IFS= read -r name; do
    case $have in
        *" $name "*) fail "$name: installed, although the lists remove it" ;;
    esac
done </.sd/remove
read -r resolve </.sd/resolve
if [ "$resolve" = None ]; then
    for name in $have; do
        case $want in
            *" $name "*) ;;
            *) [ "$name" = gpg-pubkey ] || fail "$name: installed, although no list names it" ;;
        esac
    done
fi
words=''
# What obs-build has resolved itself may miss files that packages require: it does not look for those.
[ "$resolve" != None ] || words=$(rpm -Va --nofiles --nosignature --noscripts 2>&1)
case $words in
    *' is needed by '*)
        what=${words%%' is needed by '*}
        by=${words#*' is needed by '}
        by=${by#'(installed) '}
        by=${by%% *}
        by=${by%%"
"*}
        what=${what##*"$tab"}
        by=${by%.*}
        fail "${by%-*-*}: needs ${what##*  }, which no list provides"
        ;;
esac
# What is laid over others must have stayed there.
while IFS= read -r name; do
    words=$(rpm -V --nodeps --nosignature --noscripts --nomtime --nouser --nogroup --nomode --nordev --nocaps "$name" 2>&1) ||
        fail "reinstalled: what $name is laid over: $words"
done </.sd/overlays
: >/.sd/done
rm -f /.sd/*.rpm
HOOK
    chmod 755 "$_sd_root/usr/lib/build/finalize-system/50-smart-dispatcher"
}

# Writes the list of packages for obs-build: exactly those of the lists.
_sd_write_rpmlist() {
    {
        sort -u "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | awk -F '\t' '{ print $1, $4 }'
        printf 'preinstall: %s\n' "$(cut -f 1 "$_sd_state/packages.preinstall" | tr '\n' ' ')"
        printf 'vminstall:\nrunscripts:\n'
        cat "$_sd_state/rpmlist-tail"
    } >"$_sd_state/rpmlist"
}

# Prints options of obs-build for a virtual machine, one a line.
_sd_vm_options() {
    [ -n "$_sd_vm" ] || return 0
    printf '%s\n' --vm-type "$_sd_vm"
    [ -z "$_sd_vm_memory" ] || printf '%s\n' --vm-memory "$_sd_vm_memory"
    [ -z "$_sd_vm_disk" ] || printf '%s\n' --vm-disk-size "$_sd_vm_disk"
}

# Installs and builds. $1: the recipe; the rest are options of obs-build.
_sd_obs_build() {
    [ "$#" -gt 0 ] || _sd_fail 'installer ObsBuild needs a recipe as its command'
    _sd_recipe=$1
    shift
    [ -e "$_sd_recipe" ] || _sd_fail "the recipe is not there: no file \"$_sd_recipe\""
    _sd_find_obs_build
    # What it calls and says of only in the middle.
    for _sd_name in cpio mount; do
        _sd_need "$_sd_name"
    done
    if [ -n "$_sd_vm" ]; then
        [ "$_sd_vm" = kvm ] || _sd_fail "--vm is \"$_sd_vm\": it must be kvm"
        # The node may be there without a processor that can do it.
        { [ -c /dev/kvm ] && (true <>/dev/kvm) 2>/dev/null; } ||
            _sd_fail 'a build in a virtual machine needs /dev/kvm: it cannot be opened'
    fi
    mkdir -p "$_sd_root" || _sd_fail "the root $_sd_root cannot be made"
    [ -z "$(ls -A "$_sd_root")" ] || _sd_fail "the root $_sd_root is not empty"
    _sd_find_packages
    cut -f 1 "$_sd_state/packages.preinstall" "$_sd_state/packages.install" >"$_sd_state/want"
    for _sd_name in preinstall install; do
        awk -F '\t' -v ranks="$_sd_targets noarch" '
            BEGIN { n = split(ranks, arch, " "); for (i = 1; i <= n; i++) target[arch[i]] }
            !($2 in target) { print $1 }' "$_sd_state/packages.$_sd_name" >"$_sd_state/host.$_sd_name"
    done
    cat "$_sd_state/host.preinstall" "$_sd_state/host.install" >"$_sd_state/host-names"
    cp "$_sd_state/host.preinstall" "$_sd_state/overlays"
    if [ -e "$_sd_lists/rpmlist-tail" ]; then
        cp "$_sd_lists/rpmlist-tail" "$_sd_state/rpmlist-tail"
    elif [ -s "$_sd_state/names.no-install" ]; then
        printf 'noinstall: %s\n' "$(tr '\n' ' ' <"$_sd_state/names.no-install")" >"$_sd_state/rpmlist-tail"
    else
        true >"$_sd_state/rpmlist-tail"
    fi
    if [ -e "$_sd_lists/prjconf" ]; then
        _sd_config=$_sd_lists/prjconf
    else
        _sd_config=$_sd_state/prjconf
        printf 'Type: spec\nBinarytype: rpm\n' >"$_sd_config"
    fi
    _sd_wrap_obs_build
    [ -n "$_sd_vm" ] || _sd_seed_root
    _sd_arch_path=$(printf "%s\n" "$_sd_targets $_sd_hosts" | tr " " :)
    if [ "$_sd_resolve" = None ]; then
        _sd_write_rpmlist
        set -- --rpmlist "$_sd_state/rpmlist" --arch "$_sd_target" "$@"
    else
        set -- --repository "$_sd_repository" --arch "${_sd_arch_path%:}" "$@"
    fi
    # shellcheck disable=SC2046 # split at lines
    set -- "$_sd_wrapped/build" --root "$_sd_root" --dist "$_sd_config" $(_sd_vm_options) "$@" "$_sd_recipe"
    _sd_begin 'installing and building by obs-build'
    BUILD_DIR=$_sd_wrapped
    export BUILD_DIR
    _sd_run "$@"
    _sd_code=$_sd_status
    _sd_move_results
    _sd_judge_obs_build
}

# Fails if the build did not get what it needs; otherwise the outcome is the build's.
_sd_judge_obs_build() {
    if [ -n "$_sd_vm" ]; then
        sort -u "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | awk -F '\t' -v OFS='\t' '{ print $1, $3, $2 }' |
            sort >"$_sd_state/have"
    elif [ -e "$_sd_root/.sd/done" ]; then
        grep -v '^gpg-pubkey' "$_sd_root/.sd/have" | sort >"$_sd_state/have"
    else
        [ ! -s "$_sd_root/.sd/problem" ] || _sd_fail "$(head -n 1 "$_sd_root/.sd/problem")"
        sed 's/^\[[ 0-9]*s\] //' "$_sd_log" >"$_sd_state/plain"
        mv "$_sd_state/plain" "$_sd_log"
        _sd_words=$(_sd_rpm_problem)
        [ -z "$_sd_words" ] || _sd_fail "$_sd_words"
        _sd_words=$(grep -i -m 1 -e 'not found' -e 'No space left' -e '^error' -e 'nothing provides' -e 'could not' \
            -e 'permission denied' -e 'operation not permitted' "$_sd_log")
        _sd_fail "obs-build ended with status $_sd_code before its build: ${_sd_words:-$(grep -v '^ *$' "$_sd_log" | tail -n 1)}"
    fi
    _sd_report_success "$_sd_state/have"
}

# Puts the packages that were built where the results are.
_sd_move_results() {
    [ -n "$_sd_results" ] || return 0
    mkdir -p "$_sd_results"
    for _sd_name in RPMS SRPMS DEBS OTHER; do
        # With "/.": the directory is a link.
        [ ! -d "$_sd_root/.build.packages/$_sd_name/." ] ||
            find "$_sd_root/.build.packages/$_sd_name/." -type f -exec mv {} "$_sd_results/" \;
    done
}

# Prints the package at which obs-build was when it was stopped.
_sd_package_at_work() {
    sed -n 's/^\(\[[ 0-9]*s\] \)\{0,1\}installing \([^ ]*\).*/\2/p; s/^\[[ 0-9]*s\] \[[0-9]*\/[0-9]*\] installing \([^ ]*\).*/\1/p' "$_sd_log" |
        tail -n 1 | sed 's/-[^-]*-[^-]*$//'
}
