# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: packages of Debian. The image's dpkg installs into a root of its own architecture; into any other the
# root's own dpkg does, which then must be among the preinstalled packages. A package is recorded as installed by what dpkg
# itself writes: a paragraph in its status file, and the package's control files.

_sd_check_tools() {
    for _sd_name in dpkg dpkg-deb dpkg-query tar; do
        _sd_need "$_sd_name"
    done
    _sd_dpkg_root=${_sd_root%/}
    _sd_dpkg=$_sd_dpkg_root/var/lib/dpkg
    # The architecture of the root's programs.
    if [ "$_sd_root" = / ]; then
        _sd_root_arch=$(dpkg --print-architecture)
    elif [ "$_sd_mode" = Cross ]; then
        _sd_root_arch=$(_sd_arches "$_sd_host")
    else
        _sd_root_arch=$(_sd_arches "$_sd_target")
    fi
    _sd_root_arch=${_sd_root_arch%% *}
}

# Prints the contents of package $1 as an archive.
_sd_contents() {
    dpkg_deb --fsys-tarfile "$1" || echo "$1" >"$_sd_state/unreadable"
}

# Unpacks package $1; dpkg-deb itself would replace links to directories.
_sd_extract() {
    rm -f "$_sd_state/unreadable"
    _sd_contents "$1" | "$(_sd_program tar)" -C "$_sd_root" --numeric-owner --keep-directory-symlink -xpf - &&
        [ ! -e "$_sd_state/unreadable" ]
}

dpkg() {
    "$(_sd_program dpkg)" "$@"
}

dpkg_deb() {
    "$(_sd_program dpkg-deb)" "$@"
}

# Of the files that it reads, prints lines NAME, ARCH, VERSION, PATH.
_sd_index() {
    while IFS= read -r _sd_file; do
        if dpkg_deb -f "$_sd_file" Package Architecture Version >"$_sd_state/control" 2>"$_sd_state/errors"; then
            awk -v path="$_sd_file" -v OFS='\t' '
                { field = $1; sub(/^[^:]*: */, ""); value[field] = $0 }
                END { print value["Package:"], value["Architecture:"], value["Version:"], path }' "$_sd_state/control"
        else
            _sd_name=${_sd_file##*/}
            _sd_words=$(tail -n 1 "$_sd_state/errors" | tr '\t' ' ')
            printf '%s\tcorrupt\t%s\t%s\n' "${_sd_name%%[_.]*}" "${_sd_words##*"$_sd_file"}" "$_sd_file"
        fi
    done
}

# Whether version $1 is newer than $2.
_sd_is_newer() {
    dpkg --compare-versions "$1" gt "$2"
}

# Makes what dpkg expects of an empty root. Its top directories are links to those of /usr, as Debian has made them since 2019.
_sd_make_root() {
    if [ ! -e "$_sd_root/usr" ]; then
        case $_sd_root_arch in
            amd64) _sd_words='bin sbin lib lib32 lib64 libx32' ;;
            i386) _sd_words='bin sbin lib lib64 libx32' ;;
            ppc64el | loong64) _sd_words='bin sbin lib lib64' ;;
            s390x) _sd_words='bin sbin lib lib32' ;;
            *) _sd_words='bin sbin lib' ;;
        esac
        for _sd_name in $_sd_words; do
            mkdir -p "$_sd_root/usr/$_sd_name"
            ln -s "usr/$_sd_name" "$_sd_root/$_sd_name"
        done
    fi
    mkdir -p "$_sd_dpkg/info" "$_sd_dpkg/updates" "$_sd_dpkg/triggers"
    [ -e "$_sd_dpkg/status" ] || true >"$_sd_dpkg/status"
    [ -e "$_sd_dpkg/available" ] || true >"$_sd_dpkg/available"
    # Packages of other architectures than the root's own, such as libraries of a target.
    _sd_words=$(cut -f 2 "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | sort -u |
        grep -vxF -e all -e "$_sd_root_arch")
    if [ -n "$_sd_words" ]; then
        printf '%s\n' "$_sd_root_arch" "$_sd_words" >"$_sd_dpkg/arch"
    fi
}

# Adds to packages.install what the lists need and do not name, as apt would: it is asked what it would install, no more.
_sd_resolve_lists() {
    _sd_begin 'adding what the lists need'
    _sd_need apt-get
    _sd_apt=$_sd_tool
    mkdir -p "$_sd_state/apt/lists/partial" "$_sd_state/apt/cache/archives/partial" "$_sd_state/apt/repository"
    _sd_apt_status=$_sd_dpkg/status
    if [ ! -e "$_sd_apt_status" ]; then
        _sd_apt_status=$_sd_state/apt/status
        true >"$_sd_apt_status"
    fi
    # A repository has many packages: one process for each. Nothing is fetched, so neither size nor sum is asked for.
    _sd_dpkg_deb=$(_sd_program dpkg-deb)
    while IFS= read -r _sd_file; do
        if _sd_words=$("$_sd_dpkg_deb" -f "$_sd_file" 2>/dev/null); then
            printf '%s\nX-Path: %s\nFilename: ./%s\nSize: 1\nSHA256: %064d\n\n' "$_sd_words" "$_sd_file" "${_sd_file##*/}" 0
        fi
    done <"$_sd_state/files" >"$_sd_state/apt/repository/Packages"
    awk -v OFS='\t' '
        /^(Package|Architecture|Version|X-Path): / { field = $1; sub(/^[^:]*: */, ""); value[field] = $0; next }
        /^$/ { print value["Package:"], value["Architecture:"], value["Version:"], value["X-Path:"] }' \
        "$_sd_state/apt/repository/Packages" >"$_sd_state/index"
    echo "deb [trusted=yes] copy:$_sd_state/apt/repository ./" >"$_sd_state/apt/sources"
    _sd_words=$(sort -u "$_sd_state/names.preinstall" "$_sd_state/names.install")
    # Of what is to be absent, apt must know the name.
    { cut -f 1 "$_sd_state/index" && sed -n 's/^Package: *//p' "$_sd_apt_status"; } | sort -u >"$_sd_state/apt/names"
    grep -xF -f "$_sd_state/apt/names" "$_sd_state/names.remove" | sed 's/$/-/' >"$_sd_state/apt/remove"
    # shellcheck disable=SC2086,SC2046 # split into names
    if ! { _sd_ask_apt update && _sd_ask_apt -s install $_sd_words $(cat "$_sd_state/apt/remove"); } >"$_sd_log" 2>&1 </dev/null; then
        cat "$_sd_log" >&2
        _sd_words=$(sed -n 's/^ \([^ ]*\) : Depends: \(.*\) but .*/\1: needs \2, which no package of the repository provides/p' "$_sd_log" | head -n 1)
        _sd_fail "${_sd_words:-apt cannot resolve the lists: $(_sd_last_line)}"
    fi
    sed -n 's/^Inst \([^ :]*\)[^ ]* .*(\([^ ]*\) .*\[\([^]]*\)\]).*/\1 \2 \3/p' "$_sd_log" >"$_sd_state/resolved"
    awk -F '\t' 'FILENAME == ARGV[1] { split($0, part, " "); wanted[part[1], part[3], part[2]]; next }
        FILENAME != ARGV[4] { have[$1]; next }
        ($1, $2, $3) in wanted && !($1 in have) { have[$1]; print }' "$_sd_state/resolved" "$_sd_state/packages.preinstall" \
        "$_sd_state/packages.install" "$_sd_state/index" >"$_sd_state/new"
    cat "$_sd_state/new" >>"$_sd_state/packages.install"
}

_sd_ask_apt() {
    "$_sd_apt" -q -o APT::Architecture="$_sd_root_arch" -o Dir::State="$_sd_state/apt" -o Dir::State::status="$_sd_apt_status" \
        -o Dir::Cache="$_sd_state/apt/cache" -o Dir::Etc::sourcelist="$_sd_state/apt/sources" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::Etc::parts=/dev/null -o APT::Install-Recommends=false -o APT::Sandbox::User=root -o Debug::NoLocking=true \
        -o Acquire::Languages=none "$@"
}

# Prints lines NAME, VERSION, ARCH of what is installed. What is half-configured ends the installation.
_sd_have() {
    # shellcheck disable=SC2016 # for dpkg-query to expand
    "$(_sd_program dpkg-query)" --admindir="$_sd_dpkg" -W -f '${db:Status-Abbrev}\t${Package}\t${Version}\t${Architecture}\n' \
        >"$_sd_state/query" 2>/dev/null
    awk -F '\t' -v OFS='\t' '$1 == "ii " || $1 == "hi " { print $2, $3, $4 }' "$_sd_state/query" | sort
}

# Fails if a package is neither installed nor gone.
_sd_check_half_configured() {
    _sd_have >/dev/null
    _sd_words=$(awk -F '\t' '$1 !~ /^[a-z][inc] $/ { print $2 ": half-configured, dpkg calls it \"" $1 "\""; exit }' "$_sd_state/query")
    [ -z "$_sd_words" ] || _sd_fail "$_sd_words"
}

# Unpacks, without any script.
_sd_unpack() {
    _sd_list=preinstall
    [ "$_sd_root" != / ] || _sd_list=no-install
    [ -s "$_sd_state/packages.$_sd_list" ] || return 0
    _sd_begin "unpacking $(_sd_lines "$_sd_state/packages.$_sd_list") packages"
    for _sd_which in target host; do
        _sd_paths "$_sd_list" "$_sd_which" >"$_sd_state/todo"
        while IFS= read -r _sd_file; do
            if ! _sd_extract "$_sd_file" >"$_sd_log" 2>&1; then
                cat "$_sd_log" >&2
                _sd_fail "$(_sd_name_of "$_sd_file"): cannot be unpacked: $(_sd_last_line)"
            fi
        done <"$_sd_state/todo"
    done
}

_sd_last_line() {
    grep -v '^ *$' "$_sd_log" | tail -n 1
}

# Prints the name of the package in file $1.
_sd_name_of() {
    awk -F '\t' -v path="$1" '$4 == path { print $1; exit }' "$_sd_state/packages.preinstall" "$_sd_state/packages.install"
}

# Records the packages of packages.no-install as installed, and notes down their files.
_sd_record() {
    while IFS=$_sd_tab read -r _sd_name _sd_arch _sd_version _sd_file; do
        rm -rf "$_sd_state/control.d"
        if ! dpkg_deb -e "$_sd_file" "$_sd_state/control.d" >"$_sd_log" 2>&1 ||
            ! _sd_contents "$_sd_file" 2>>"$_sd_log" | tar -tf - >"$_sd_state/contents"; then
            _sd_fail "$_sd_name: cannot be recorded: $(_sd_last_line)"
        fi
        _sd_info=$_sd_dpkg/info/$_sd_name
        if grep -qi '^Multi-Arch: *same' "$_sd_state/control.d/control"; then
            _sd_info=$_sd_info:$_sd_arch
        fi
        sed -e 's,^\.,,' -e 's,/$,,' -e 's,^$,/.,' "$_sd_state/contents" >"$_sd_info.list"
        for _sd_part in "$_sd_state/control.d"/*; do
            case ${_sd_part##*/} in
                control) ;;
                *) cp "$_sd_part" "$_sd_info.${_sd_part##*/}" ;;
            esac
        done
        {
            sed -e '/^[[:space:]]*$/d' -e 's/^Package: .*/&\nStatus: install ok installed/' "$_sd_state/control.d/control"
            _sd_conffiles
            echo
        } >>"$_sd_dpkg/status"
        _sd_interests
        grep -v '/$' "$_sd_state/contents" | sed 's,^\./,,' |
            if [ -e "$_sd_state/control.d/conffiles" ]; then
                sed 's,^/,,' "$_sd_state/control.d/conffiles" >"$_sd_state/conffiles"
                grep -vxF -f "$_sd_state/conffiles"
            else
                cat
            fi | awk -v name="$_sd_name" -v OFS='\t' '{ print name, $0 }' >>"$_sd_state/kept-owners"
    done <"$_sd_state/packages.no-install"
    cut -f 2 "$_sd_state/kept-owners" >"$_sd_state/kept-files"
}

# Prints the field of the status file that says what the package's configuration was when it came.
_sd_conffiles() {
    [ -s "$_sd_state/control.d/conffiles" ] || return 0
    echo Conffiles:
    while IFS= read -r _sd_part; do
        case $_sd_part in
            /*) printf ' %s %s\n' "$_sd_part" "$(md5sum <"$_sd_dpkg_root$_sd_part" | cut -d ' ' -f 1)" ;;
        esac
    done <"$_sd_state/control.d/conffiles"
}

# Notes the triggers in which the package is interested where dpkg looks for them.
_sd_interests() {
    [ -e "$_sd_state/control.d/triggers" ] || return 0
    while read -r _sd_what _sd_part; do
        case $_sd_what in
            interest | interest-await) _sd_await='' ;;
            interest-noawait) _sd_await=/noawait ;;
            *) continue ;;
        esac
        case $_sd_part in
            /*) printf '%s %s%s\n' "$_sd_part" "$_sd_name" "$_sd_await" >>"$_sd_dpkg/triggers/File" ;;
            *) printf '%s%s\n' "$_sd_name" "$_sd_await" >>"$_sd_dpkg/triggers/$_sd_part" ;;
        esac
    done <"$_sd_state/control.d/triggers"
}

# Runs dpkg for the root; paths of packages are those of the container.
_sd_run_dpkg() {
    _sd_run _sd_dpkg_for_root --force-confdef --force-confold --force-unsafe-io "$@"
    _sd_words=$(_sd_dpkg_problem)
    [ -z "$_sd_words" ] || _sd_fail "$_sd_words"
    [ "$_sd_status" -eq 0 ] || _sd_fail "dpkg failed with status $_sd_status: $(_sd_last_line)"
}

_sd_dpkg_for_root() {
    if [ "$_sd_root" = / ]; then
        dpkg "$@"
    elif [ "$_sd_inside" = no ]; then
        dpkg --root="$_sd_root" --log="$_sd_root/var/log/dpkg.log" "$@"
    else
        chroot "$_sd_root" /usr/bin/dpkg "$@"
    fi
}

# Sets _sd_inside to whether the root's own dpkg is to install.
_sd_choose_dpkg() {
    _sd_inside=no
    [ "$_sd_root" != / ] || return 0
    [ "$(dpkg --print-architecture)" != "$_sd_root_arch" ] || return 0
    [ -x "$_sd_root/usr/bin/dpkg" ] || _sd_fail "dpkg: not preinstalled: the root is for $_sd_root_arch, and the image's own dpkg is for $(dpkg --print-architecture)"
    _sd_inside=yes
}

# Installs what packages.preinstall and packages.install have and the database has not: all are unpacked, then all configured.
# Only the second step checks dependencies, as the preinstalled packages are there but not yet configured.
_sd_install_lists() {
    _sd_have >"$_sd_state/have"
    awk -F '\t' 'FILENAME == ARGV[1] { have[$1, $2, $3]; next } !(($1, $3, $2) in have) && !seen[$4]++ { print $4 }' \
        "$_sd_state/have" "$_sd_state/packages.preinstall" "$_sd_state/packages.install" >"$_sd_state/todo"
    [ -s "$_sd_state/todo" ] || return 0
    _sd_begin "installing $(_sd_lines "$_sd_state/todo") packages"
    _sd_choose_dpkg
    _sd_forbid_services
    set -- --unpack --force-depends
    while IFS= read -r _sd_file; do
        if [ "$_sd_inside" = yes ]; then
            mkdir -p "$_sd_root/.smart-dispatcher"
            cp "$_sd_file" "$_sd_root/.smart-dispatcher/" || _sd_fail "$(_sd_name_of "$_sd_file"): no room in the root for its file"
            _sd_file=/.smart-dispatcher/${_sd_file##*/}
        fi
        set -- "$@" "$_sd_file"
    done <"$_sd_state/todo"
    _sd_run_dpkg "$@"
    [ "$_sd_inside" = no ] || rm -rf "$_sd_root/.smart-dispatcher"
    _sd_run_dpkg --configure --pending
    _sd_allow_services
    _sd_check_half_configured
}

# No script starts a service.
_sd_forbid_services() {
    _sd_policy=$_sd_dpkg_root/usr/sbin/policy-rc.d
    [ ! -e "$_sd_policy" ] || return 0
    mkdir -p "$_sd_dpkg_root/usr/sbin"
    printf '#!/bin/sh\nexit 101\n' >"$_sd_policy"
    chmod 755 "$_sd_policy"
    _sd_made_policy=yes
}

_sd_allow_services() {
    [ -z "${_sd_made_policy-}" ] || rm -f "$_sd_policy"
}

# Prints what went wrong, by the log of dpkg: one sentence that begins with the package.
_sd_dpkg_problem() {
    awk -v names="$_sd_state/packages.preinstall $_sd_state/packages.install" '
        BEGIN {
            n = split(names, file, " ")
            for (i = 1; i <= n; i++) while ((getline line <file[i]) > 0) {
                split(line, field, "\t")
                base = field[4]; sub(/.*\//, "", base)
                package[base] = field[1]
            }
        }
        function note(rank, words) { if (!(rank in said)) said[rank] = words }
        function archive(path) { sub(/.*\//, "", path); return path in package ? package[path] : path }
        held != "" {
            words = $0
            sub(/^[ \t]*/, "", words)
            if (words ~ /script subprocess (returned error exit status|was killed by signal|failed)/) {
                script = words
                sub(/ script subprocess.*/, "", script); sub(/.*package /, "", script); sub(/^[^ ]* /, "", script); sub(/^new /, "", script)
                how = words; sub(/.* script subprocess /, "", how); sub(/^returned error /, "failed with ", how)
                note(1, held ": its " script " script " how)
            } else if (words ~ /^trying to overwrite /) {
                what = words; sub(/^trying to overwrite /, "", what); sub(/, which.*/, "", what); gsub(/\047/, "", what)
                other = words; sub(/.*in package /, "", other); sub(/ .*/, "", other)
                note(2, held ": file conflict: " what " is in " other " too")
            } else if (words !~ /^dependency problems/) note(3, held ": " words)
            held = ""
        }
        /^dpkg: error processing archive / { held = $5; held = archive(held) }
        /^dpkg: error processing package / { held = $5; sub(/:.*/, "", held) }
        /^dpkg: dependency problems prevent configuration of / { waits = $NF; sub(/:$/, "", waits); sub(/:[a-z0-9]+$/, "", waits); next }
        /^dpkg: dependency problems prevent removal of / { needed = $NF; sub(/:$/, "", needed); sub(/:[a-z0-9]+$/, "", needed); next }
        needed != "" && / depends on .*; however:/ { note(4, needed ": cannot be removed: " $1 " depends on it"); needed = "" }
        waits != "" && / depends on .*; however:/ { what = $0; sub(/.* depends on /, "", what); sub(/; however:.*/, "", what); next }
        waits != "" && /^  Package .* is not installed\.|^  .* is not installed/ {
            note(4, waits ": needs " what ", which no list provides"); waits = ""
        }
        waits != "" && /^  Version of / { note(4, waits ": needs " what); waits = "" }
        /architecture .* does not match system/ { words = $0; sub(/^ */, "", words); note(5, words) }
        END { for (i = 1; i < 6; i++) if (i in said) { print said[i]; exit } }' "$_sd_log"
}

# Prints the package at which dpkg was when it was stopped.
_sd_package_at_work() {
    awk '/^(Setting up|Unpacking|Preparing to unpack|Processing triggers for) / {
        at = $1 == "Processing" ? $4 : $1 == "Preparing" ? $4 : $1 == "Setting" ? $3 : $2; sub(/.*\//, "", at); sub(/[:_].*/, "", at)
    } END { print at }' "$_sd_log"
}

# Removes packages $@.
_sd_remove() {
    _sd_choose_dpkg
    _sd_run_dpkg --purge "$@"
    _sd_check_half_configured
}
