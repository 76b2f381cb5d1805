# Speed of the disk on which builds work, and free inodes. Variables: least_mib_per_second, least_inodes
now() {
    read -r up _ </proc/uptime
    cents=${up#*.}
    echo "$((${up%.*} * 100 + 1$cents - 100))"
}
mib=32
began=$(now)
if ! dd if=/dev/zero of=speed bs=1048576 count=$mib conv=fsync 2>dd.log; then
    cat dd.log
    exit 1
fi
took=$(($(now) - began))
[ "$took" -gt 0 ] || took=1
speed=$((mib * 100 / took))
rm -f speed
echo "write.mib-per-second=$speed"
failed=''
if [ "$speed" -lt "$least_mib_per_second" ]; then
    echo "writes $speed MiB/s, less than $least_mib_per_second"
    failed=yes
fi
# A file system that makes inodes as it needs them has none in all.
if all=$(stat -f -c %c .) && free=$(stat -f -c %d .) && [ "$all" -gt 0 ]; then
    echo "inodes.free=$free"
    if [ "$free" -lt "$least_inodes" ]; then
        echo "$free inodes are free, fewer than $least_inodes"
        failed=yes
    fi
fi
[ -z "$failed" ]
