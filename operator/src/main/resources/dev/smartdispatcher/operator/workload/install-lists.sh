# shellcheck shell=sh disable=SC2154 # what install.sh sets
# Part of install.sh: the lists, and the packages of their names in the repository.

# Prints list $1, one name a line.
_sd_list() {
    if [ -e "$_sd_lists/$1" ]; then
        cat "$_sd_lists/$1"
    elif [ -e "$_sd_lists/$1.gz" ]; then
        gzip -dc "$_sd_lists/$1.gz" || printf ' \n'
    fi
}

# Puts the lists into files names.LIST.
_sd_read_lists() {
    for _sd_name in preinstall install no-install remove; do
        _sd_list "$_sd_name" | awk 'NF && !seen[$0]++' >"$_sd_state/names.$_sd_name"
        if _sd_words=$(grep -n -e '[[:space:][:cntrl:]/]' -e '^-' "$_sd_state/names.$_sd_name"); then
            _sd_fail "list $_sd_name, line ${_sd_words%%:*}: no name of a package"
        fi
    done
    # What is not to be installed again is there before.
    cat "$_sd_state/names.preinstall" "$_sd_state/names.no-install" | awk '!seen[$0]++' >"$_sd_state/names"
    mv "$_sd_state/names" "$_sd_state/names.preinstall"
}

# Prints the architectures that packages for $1 may have, as the installer calls them, the best first.
_sd_arches() {
    case $_sd_format:$1 in
        deb:i?86) echo i386 ;;
        deb:x86_64) echo amd64 i386 ;;
        deb:aarch64) echo arm64 ;;
        deb:armv7l) echo armhf armel ;;
        deb:armv6l) echo armhf armel ;;
        deb:ppc64le) echo ppc64el ;;
        deb:loongarch64) echo loong64 ;;
        rpm:i?86) echo "$1" i586 i686 i486 i386 ;;
        rpm:x86_64) echo x86_64 x86_64_v2 x86_64_v3 amd64 ia32e i686 i586 i486 i386 ;;
        rpm:armv7l) echo armv7l armv7hl armv7hnl armv6l armv6hl armv5tel ;;
        rpm:armv6l) echo armv6l armv6hl armv5tel ;;
        *) echo "$1" ;;
    esac
}

# Sets _sd_ranks to all architectures that packages of this root may have, the best first; _sd_hosts to those of the host.
_sd_set_ranks() {
    _sd_hosts=$(_sd_arches "$_sd_host")
    _sd_targets=$(_sd_arches "$_sd_target")
    if [ "$_sd_mode" = Cross ]; then
        _sd_ranks="$_sd_hosts noarch all $_sd_targets"
    else
        _sd_ranks="$_sd_targets noarch all $_sd_hosts"
    fi
}

# Finds the packages of names.preinstall and names.install; puts lines NAME, ARCH, VERSION, PATH, by tabs, into files
# packages.preinstall, packages.install and packages.no-install, in the order of the lists.
_sd_find_packages() {
    _sd_set_ranks
    sort -u "$_sd_state/names.preinstall" "$_sd_state/names.install" >"$_sd_state/wanted"
    true >"$_sd_state/found"
    if [ -s "$_sd_state/wanted" ]; then
        [ -d "$_sd_repository" ] || _sd_fail "the repository is not there: no directory \"$_sd_repository\""
        # With "/": the directory may be a link to one.
        find -L "${_sd_repository%/}/" -type f -name "*.$_sd_format" ! -name '*.src.rpm' ! -name '*.nosrc.rpm' 2>/dev/null |
            sort >"$_sd_state/files"
        [ -s "$_sd_state/files" ] || _sd_fail "the repository holds no *.$_sd_format file"
        # Most files are named after their package: only those are opened.
        _sd_files_by_name >"$_sd_state/guessed"
        _sd_index <"$_sd_state/guessed" >"$_sd_state/index"
        _sd_look_up
        if grep -q '^?' "$_sd_state/found"; then
            _sd_index <"$_sd_state/files" >"$_sd_state/index"
            _sd_look_up
        fi
    fi
    _sd_complain
    _sd_take_newest
    for _sd_name in preinstall install no-install; do
        awk -F '\t' -v OFS='\t' 'FILENAME == ARGV[1] { found[$2] = $3 OFS $4 OFS $5 OFS $6; next }
            !seen[found[$1]]++ { print found[$1] }' "$_sd_state/found" "$_sd_state/names.$_sd_name" >"$_sd_state/packages.$_sd_name"
    done
}

# Of files, prints those whose names begin as those of wanted packages do.
_sd_files_by_name() {
    awk -v format="$_sd_format" '
        FILENAME == ARGV[1] { wanted[$0]; if (sub(/[:.][a-z0-9_]+$/, "")) wanted[$0]; next }
        {
            base = $0
            sub(/.*\//, "", base)
            base = substr(base, 1, length(base) - length(format) - 1)
            name = base
            if (format == "deb") sub(/_.*/, "", name)
            else if (sub(/\.[^.]*$/, "", name) && !(name in wanted)) sub(/-[^-]*-[^-]*$/, "", name)
            if (name in wanted || base in wanted) print
        }' "$_sd_state/wanted" "$_sd_state/files"
}

# Finds the wanted packages in the index. Puts lines into found: "= NAME-AS-WANTED NAME ARCH VERSION PATH" for each of the best
# architecture; "! NAME-AS-WANTED ARCH PATH" if there are only those of other ones; "# NAME-AS-WANTED WORDS PATH" if it cannot
# be read; "? NAME-AS-WANTED" if there is none.
_sd_look_up() {
    awk -F '\t' -v OFS='\t' -v ranks="$_sd_ranks" '
        BEGIN { n = split(ranks, order, " "); for (i = n; i > 0; i--) rank[order[i]] = i }
        FILENAME == ARGV[1] { lines[$1] = lines[$1] $0 "\n"; next }
        {
            name = $1
            suffix = ""
            if (!(name in lines) && match(name, /[:.][a-z0-9_]+$/)) {
                suffix = substr(name, RSTART + 1)
                name = substr(name, 1, RSTART - 1)
            }
            best = n + 1
            count = 0
            other = ""
            lines_left = split(lines[name], line, "\n") - 1
            for (i = 1; i <= lines_left; i++) {
                split(line[i], field, "\t")
                if (suffix != "" && field[2] != suffix) continue
                if (field[2] == "corrupt") { if (other == "") other = "#" OFS $1 OFS field[3] OFS field[4]; continue }
                if (!(field[2] in rank)) { if (other == "") other = "!" OFS $1 OFS field[2] OFS field[4]; continue }
                if (rank[field[2]] > best) continue
                if (rank[field[2]] < best) count = 0
                best = rank[field[2]]
                hit[++count] = line[i]
            }
            if (count > 0) for (i = 1; i <= count; i++) print "=", $1, hit[i]
            else print other != "" ? other : "?" OFS $1
        }' "$_sd_state/index" "$_sd_state/wanted" >"$_sd_state/found"
}

# Fails if found names packages that cannot be had.
_sd_complain() {
    _sd_tab=$(printf '\t')
    while IFS=$_sd_tab read -r _sd_kind _sd_name _sd_what _sd_file; do
        case $_sd_kind in
            '!') _sd_fail "$_sd_name: ${_sd_file##*/} is for $_sd_what, and neither for the target $_sd_target nor for the host $_sd_host" ;;
            '#') _sd_fail "$_sd_name: ${_sd_file##*/} is no package: $_sd_what" ;;
            '?') _sd_fail "$_sd_name: the repository holds no package of this name" ;;
        esac
    done <"$_sd_state/found"
}

# Of several versions of a package in found, leaves the newest.
_sd_take_newest() {
    true >"$_sd_state/newest"
    _sd_kept=''
    _sd_kept_name=''
    _sd_kept_version=''
    while IFS=$_sd_tab read -r _sd_kind _sd_name _sd_what _sd_arch _sd_version _sd_file; do
        if [ "$_sd_name" = "$_sd_kept_name" ]; then
            _sd_is_newer "$_sd_version" "$_sd_kept_version" || continue
        elif [ -n "$_sd_kept" ]; then
            printf '%s\n' "$_sd_kept" >>"$_sd_state/newest"
        fi
        _sd_kept_name=$_sd_name
        _sd_kept_version=$_sd_version
        _sd_kept=$(printf '=\t%s\t%s\t%s\t%s\t%s' "$_sd_name" "$_sd_what" "$_sd_arch" "$_sd_version" "$_sd_file")
    done <"$_sd_state/found"
    [ -z "$_sd_kept" ] || printf '%s\n' "$_sd_kept" >>"$_sd_state/newest"
    mv "$_sd_state/newest" "$_sd_state/found"
}

# Prints of packages.$1 the paths of those for the target (or "all"), or of those for the host alone.
_sd_paths() {
    awk -F '\t' -v ranks="$_sd_targets noarch all" -v which="$2" '
        BEGIN { n = split(ranks, arch, " "); for (i = 1; i <= n; i++) target[arch[i]] }
        ($2 in target) == (which == "target") { print $4 }' "$_sd_state/packages.$1"
}
