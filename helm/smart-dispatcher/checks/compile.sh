# Compiles the same program again and again for some twenty seconds, and runs it each time: a machine with bad memory or a CPU that
# overheats makes compilers crash, or miscompile.
command -v cc >/dev/null || {
    echo "the image lacks cc"
    exit 125
}
seconds() {
    read -r up _ </proc/uptime
    echo "${up%.*}"
}
i=0
sum=0
while [ $i -lt 400 ]; do
    echo "unsigned f$i(unsigned x) { unsigned s = 0; for (unsigned j = 0; j < $((i % 7 + 1)); j++) s += (x ^ j) * $i; return s; }"
    i=$((i + 1))
done >unit.c
{
    cat unit.c
    echo '#include <stdio.h>'
    echo 'int main(void) { unsigned s = 1;'
    i=0
    while [ $i -lt 400 ]; do
        echo "s = s * 31 + f$i(s);"
        i=$((i + 1))
    done
    printf '%s\n' 'printf("%u\n", s); return 0; }'
} >program.c
end=$(($(seconds) + 20))
units=0
while [ "$(seconds)" -lt "$end" ]; do
    if ! cc -O2 -o program program.c 2>cc.log; then
        head -c 300 cc.log
        exit 1
    fi
    answer=$(./program) || exit 1
    [ "$units" -gt 0 ] || sum=$answer
    if [ "$answer" != "$sum" ]; then
        echo "a program that was compiled twice says $sum, then $answer"
        exit 1
    fi
    units=$((units + 1))
done
echo "units=$units"
