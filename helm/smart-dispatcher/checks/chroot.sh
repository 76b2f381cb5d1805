# Whether root of a user namespace can make a root file system and enter it, as jobs with the isolation Chroot do.
for tool in ldd chroot; do
    command -v "$tool" >/dev/null || {
        echo "the image lacks $tool"
        exit 125
    }
done
shell=$(command -v sh)
mkdir -p root/bin && cp -L "$shell" root/bin/sh || exit 1
for library in $(ldd "$shell" | grep -o '/[^ )]*'); do
    mkdir -p "root${library%/*}" && cp -L "$library" "root$library" || exit 1
done
# A package's files belong to more users than one.
: >root/file && chown 1:1 root/file || exit 1
found=$(chroot root /bin/sh -c 'cd / && echo *' 2>&1)
case $found in
    *bin*file*) ;;
    *)
        echo "chroot: $found"
        exit 1
        ;;
esac
