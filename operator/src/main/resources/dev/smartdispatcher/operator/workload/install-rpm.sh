# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: packages of RPM, by the rpm of the image. It reads the target's macros, so that the package database
# is where, and as, the root's own rpm looks for it.

_sd_check_tools() {
    _sd_need rpm
    _sd_rpm_program=$_sd_tool
    _sd_dbpath=''
}

rpm() {
    "$_sd_rpm_program" "$@"
}

# Runs rpm for the root, but for its complaints of every package that is not for this machine.
_sd_rpm() {
    if [ "$_sd_root" = / ]; then
        rpm --define '_netsharedpath /proc:/sys:/dev' --noplugins "$@"
    else
        rpm --root "$_sd_root" --define "_dbpath $_sd_dbpath" --define "_netsharedpath /proc:/sys:/dev" --noplugins "$@"
    fi
}

# Sets _sd_dbpath to where the root's rpm has its database.
_sd_find_database() {
    _sd_macros=''
    for _sd_file in lib/rpm/macros 'lib/rpm/macros.d/macros.*' lib/rpm/redhat/macros lib/rpm/suse/macros; do
        _sd_macros="$_sd_macros$_sd_root/usr/$_sd_file:"
    done
    _sd_macros="$_sd_macros$_sd_root/etc/rpm/macros.*:$_sd_root/etc/rpm/macros"
    _sd_dbpath=$(rpm --macros "$_sd_macros" --eval '%{?_dbpath}' 2>/dev/null)
    case $_sd_dbpath in
        /*) ;;
        *) _sd_dbpath=/var/lib/rpm ;;
    esac
}

# Of the files that it reads, prints lines NAME, ARCH, VERSION, PATH.
_sd_index() {
    cat >"$_sd_state/to-read"
    _sd_format_line='%{NAME}\t%{ARCH}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\n'
    tr '\n' '\000' <"$_sd_state/to-read" | xargs -0 -r "$_sd_rpm_program" -qp --nosignature --qf "$_sd_format_line" \
        >"$_sd_state/read" 2>/dev/null
    if [ "$(_sd_lines "$_sd_state/read")" = "$(_sd_lines "$_sd_state/to-read")" ]; then
        paste "$_sd_state/read" "$_sd_state/to-read"
        return 0
    fi
    # One of them is no package: which?
    while IFS= read -r _sd_file; do
        if _sd_words=$(rpm -qp --nosignature --qf "$_sd_format_line" "$_sd_file" 2>"$_sd_state/errors") && [ -n "$_sd_words" ]; then
            printf '%s\t%s\n' "$_sd_words" "$_sd_file"
        else
            _sd_name=${_sd_file##*/}
            _sd_name=${_sd_name%.rpm}
            _sd_words=$(tail -n 1 "$_sd_state/errors" | tr '\t' ' ')
            for _sd_name in "$_sd_name" "${_sd_name%.*}" "$(printf '%s\n' "${_sd_name%.*}" | sed 's/-[^-]*-[^-]*$//')"; do
                printf '%s\tcorrupt\t%s\t%s\n' "$_sd_name" "${_sd_words##*: }" "$_sd_file"
            done
        fi
    done <"$_sd_state/to-read"
}

# Whether version $1 is newer than $2.
_sd_is_newer() {
    [ "$(rpm --eval "%{lua: print(rpm.vercmp('$1', '$2'))}" 2>/dev/null)" = 1 ]
}

_sd_make_root() {
    _sd_find_database
}

# Adds to packages.install what the lists need and do not name: rpm says what is missing, and the first package that provides it
# is taken, those of the target before those of the host. The packages have all of their dependencies checked by rpm itself,
# with those that came last, until nothing is missing.
_sd_resolve_lists() {
    _sd_begin 'adding what the lists need'
    _sd_index <"$_sd_state/files" >"$_sd_state/index"
    awk -F '\t' -v ranks="$_sd_ranks" '
        BEGIN { n = split(ranks, order, " "); for (i = n; i > 0; i--) rank[order[i]] = i }
        FILENAME == ARGV[1] { removed[$1]; next }
        $2 in rank && !($1 in removed) { printf "%03d\t%s\n", rank[$2], $0 }' \
        "$_sd_state/names.remove" "$_sd_state/index" | sort -k 1,1 -k 2,2 >"$_sd_state/offered"
    tr '\n' '\000' <"$_sd_state/files" | xargs -0 -r "$_sd_rpm_program" -qp --nosignature \
        --qf '[%{=NAME}\t%{=ARCH}\t%{PROVIDES}\n][%{=NAME}\t%{=ARCH}\t%{FILENAMES}\n]' >"$_sd_state/provides" 2>/dev/null
    mkdir -p "$_sd_state/empty"
    while :; do
        cut -f 4 "$_sd_state/packages.preinstall" "$_sd_state/packages.install" | sort -u >"$_sd_state/todo"
        rpm --dbpath "$_sd_state/empty" --noplugins -U --test --ignorearch --ignoreos --ignoresize --replacefiles --nosignature \
            "$_sd_state/todo" >"$_sd_log" 2>&1 </dev/null && break
        sed -n 's/^[[:space:]]*\(.*\) is needed by .*/\1/p' "$_sd_log" | sed 's/ [<>=].*//' | sort -u >"$_sd_state/missing"
        # What is missing, then who provides it, then who may.
        awk -F '\t' -v OFS='\t' '
            FILENAME == ARGV[1] { missing[$0]; next }
            FILENAME == ARGV[2] { if ($3 in missing) provides[$1, $2] = provides[$1, $2] $3 "\n"; next }
            ($2, $3) in provides {
                n = split(provides[$2, $3], what, "\n") - 1
                for (i = 1; i <= n; i++) if (what[i] in missing) { delete missing[what[i]]; new = 1 }
                if (new) print $2, $3, $4, $5
                new = 0
            }' "$_sd_state/missing" "$_sd_state/provides" "$_sd_state/offered" >"$_sd_state/more"
        awk 'FILENAME != ARGV[3] { have[$0]; next } !($0 in have)' "$_sd_state/packages.preinstall" "$_sd_state/packages.install" \
            "$_sd_state/more" >"$_sd_state/new"
        if [ ! -s "$_sd_state/new" ]; then
            _sd_words=$(_sd_rpm_problem)
            _sd_fail "${_sd_words:-rpm cannot resolve the lists: $(grep -v '^ *$' "$_sd_log" | tail -n 1)}"
        fi
        cat "$_sd_state/new" >>"$_sd_state/packages.install"
    done
}

# Prints lines NAME, VERSION, ARCH of what is installed.
_sd_have() {
    _sd_rpm -qa --qf '%{NAME}\t%|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE}\t%{ARCH}\n' 2>/dev/null | grep -v '^gpg-pubkey' | sort
}

# Runs "rpm -U" with options $@ for the packages whose paths are in file $_sd_todo. The paths are a manifest's: any number of them.
_sd_upgrade() {
    [ -s "$_sd_todo" ] || return 0
    _sd_run _sd_rpm -Uv --ignorearch --ignoreos --nosignature "$@" "$_sd_todo"
    _sd_words=$(_sd_rpm_problem)
    [ -z "$_sd_words" ] || _sd_fail "$_sd_words"
    [ "$_sd_status" -eq 0 ] || _sd_fail "rpm failed with status $_sd_status: $(grep -v '^ *$' "$_sd_log" | tail -n 1)"
}

# Prints what went wrong, by the log of rpm: one sentence that begins with the package. rpm's status does not tell of scriptlets
# that failed after their package was installed.
_sd_rpm_problem() {
    awk '
        function name(nevra) { sub(/\.[^.]*$/, "", nevra); sub(/-[^-]*-[^-]*$/, "", nevra); return nevra }
        function note(rank, words) { if (!(rank in said)) said[rank] = words }
        /scriptlet failed/ {
            scriptlet = $0
            sub(/^(warning|error): /, "", scriptlet)
            package = scriptlet
            sub(/^[^(]*\(/, "", package)
            sub(/\) scriptlet failed.*/, "", package)
            how = $0
            sub(/.*scriptlet failed,? ?/, "", how)
            sub(/\(.*/, "", scriptlet)
            note(1, name(package) ": its scriptlet " scriptlet " failed" (how == "" ? "" : " with " how))
        }
        / conflicts (with file|between attempted installs)/ {
            file = $0
            sub(/^[ \t]*file /, "", file)
            if (match($0, / from install of [^ ]+ conflicts with file from package /)) {
                a = $0; sub(/.* from install of /, "", a); sub(/ conflicts with.*/, "", a)
                b = $0; sub(/.* from package /, "", b)
            } else {
                a = $0; sub(/.* conflicts between attempted installs of /, "", a)
                b = a; sub(/ and .*/, "", a); sub(/.* and /, "", b)
            }
            sub(/ (from install of|conflicts between).*/, "", file)
            note(2, name(a) ": file conflict: " file " is in " name(b) " too")
        }
        / is needed by / {
            what = $0; sub(/^[ \t]*/, "", what); sub(/ is needed by .*/, "", what)
            by = $NF
            note(3, name(by) ": needs " what ", which no list provides")
        }
        /^[ \t].* (conflicts with|is obsoleted by) / && !/ file / { what = $0; sub(/^[ \t]*/, "", what); note(4, what) }
        /needs [0-9.]*[KMGT]?B? (more space )?on the/ {
            what = $0; sub(/.*installing package /, "", what); by = what; sub(/ .*/, "", by); sub(/^[^ ]* /, "", what)
            note(5, name(by) ": no room: it " what)
        }
        /unpacking of archive failed/ { unpacking = $0; sub(/^error: /, "", unpacking); sub(/;[0-9a-f]+:/, ":", unpacking) }
        /^error: .*: install failed/ {
            by = $0; sub(/^error: /, "", by); sub(/: install failed.*/, "", by)
            note(6, name(by) ": " (unpacking == "" ? "its installation failed" : unpacking))
        }
        /package .* does not verify|(DIGEST|digest|signature|SIGNATURE).*(BAD|NOT OK)|not an rpm package|bad header|hdr .*BAD/ {
            what = $0; sub(/^(error|warning): /, "", what)
            if (what ~ /^[ \t]*package /) {
                by = what; sub(/^[ \t]*package /, "", by); sub(/ does not verify.*/, "", by); sub(/.* does not verify/, "does not verify", what)
                note(7, name(by) ": corrupt: it " what)
            } else note(8, "corrupt package: " what)
        }
        /^error: .*(already installed)/ { what = $0; sub(/^error: /, "", what); note(9, what) }
        END { for (i = 1; i < 10; i++) if (i in said) { print said[i]; exit } }' "$_sd_log"
}

# Prints the package at which rpm was when it was stopped: the last that "rpm -v" named.
_sd_package_at_work() {
    awk 'NF == 1 && $1 ~ /-[^-]+-[^-]+\.[a-z0-9_]+$/ { at = $1 }
        END { sub(/\.[^.]*$/, "", at); sub(/-[^-]*-[^-]*$/, "", at); print at }' "$_sd_log"
}

# Unpacks the packages of packages.preinstall with a database that is thrown away: owners, modes and capabilities are right, no
# scriptlet runs. In the container's own root only what is not to be installed: the other packages have what they need.
_sd_unpack() {
    _sd_list=preinstall
    [ "$_sd_root" != / ] || _sd_list=no-install
    [ -s "$_sd_state/packages.$_sd_list" ] || return 0
    _sd_begin "unpacking $(_sd_lines "$_sd_state/packages.$_sd_list") packages"
    _sd_todo=$_sd_state/todo
    for _sd_which in target host; do
        _sd_paths "$_sd_list" "$_sd_which" >"$_sd_todo"
        _sd_upgrade --dbpath /.smart-dispatcher-unpack --nodeps --force --noscripts --notriggers
    done
    rm -rf "${_sd_root%/}/.smart-dispatcher-unpack"
    [ "$_sd_root" = / ] || _sd_find_database
}

# Records the packages of packages.no-install in the database alone, and notes down their files.
_sd_record() {
    _sd_todo=$_sd_state/todo
    cut -f 4 "$_sd_state/packages.no-install" >"$_sd_todo"
    _sd_upgrade --justdb --nodeps --force --noscripts --notriggers
    # Flags: 1 configuration, 64 ghost.
    tr '\n' '\000' <"$_sd_todo" | xargs -0 -r "$_sd_rpm_program" -qp --nosignature --qf '[%{=NAME}\t%{FILEFLAGS}\t%{FILENAMES}\n]' 2>/dev/null |
        awk -F '\t' -v OFS='\t' '$2 % 2 == 0 && int($2 / 64) % 2 == 0 { print $1, substr($3, 2) }' >"$_sd_state/kept-owners"
    cut -f 2 "$_sd_state/kept-owners" >"$_sd_state/kept-files"
}

# Installs what packages.preinstall and packages.install have and the database has not, in one transaction. A file that a package
# of the host lays over a recorded one is no conflict: that is what both are for.
_sd_install_lists() {
    _sd_todo=$_sd_state/todo
    _sd_have >"$_sd_state/have"
    awk -F '\t' 'FILENAME == ARGV[1] { have[$1, $2, $3]; next } !(($1, $3, $2) in have) && !seen[$4]++ { print $4 }' \
        "$_sd_state/have" "$_sd_state/packages.preinstall" "$_sd_state/packages.install" >"$_sd_todo"
    [ -s "$_sd_todo" ] || return 0
    _sd_begin "installing $(_sd_lines "$_sd_todo") packages"
    _sd_replace=''
    if [ -s "$_sd_state/packages.no-install" ] && ! _sd_rpm -U --test --ignorearch --ignoreos --nosignature "$_sd_todo" \
        >"$_sd_log" 2>&1 </dev/null && _sd_only_overlays; then
        _sd_replace=--replacefiles
    fi
    # shellcheck disable=SC2086 # none or one word
    _sd_upgrade $_sd_replace
}

# Whether the log of "rpm --test" complains of nothing but files that a preinstalled package of the host lays over a recorded one.
_sd_only_overlays() {
    {
        _sd_paths preinstall host | awk '{ print "host\t" $0 }'
        cut -f 1 "$_sd_state/packages.no-install" | awk '{ print "kept\t" $0 }'
        awk -F '\t' '{ print "name\t" $4 "\t" $1 }' "$_sd_state/packages.preinstall"
        awk '{ print "log\t" $0 }' "$_sd_log"
    } | awk -F '\t' '
        function name(nevra) { sub(/\.[^.]*$/, "", nevra); sub(/-[^-]*-[^-]*$/, "", nevra); return nevra }
        $1 == "host" { paths[$2]; next }
        $1 == "kept" { kept[$2]; next }
        $1 == "name" { if ($2 in paths) host[$3]; next }
        / from install of .* conflicts with file from package / {
            a = $0; sub(/.* from install of /, "", a); sub(/ conflicts with.*/, "", a)
            b = $0; sub(/.* from package /, "", b)
            if (!(name(a) in host) || !(name(b) in kept)) bad = 1
            overlays = 1
            next
        }
        / is needed by |conflicts|error: Failed|needs .* on the/ { bad = 1 }
        END { exit bad || !overlays }'
}

# Removes packages $@.
_sd_remove() {
    _sd_run _sd_rpm -ev "$@"
    _sd_words=$(_sd_rpm_problem)
    [ -z "$_sd_words" ] || _sd_fail "$_sd_words"
    [ "$_sd_status" -eq 0 ] || _sd_fail "$1: rpm failed with status $_sd_status to remove $*"
}
