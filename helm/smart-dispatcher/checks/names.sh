# Whether names are found. Variable: names
if command -v getent >/dev/null; then
    find_name() { getent hosts "$1"; }
elif command -v nslookup >/dev/null; then
    find_name() { nslookup "$1"; }
else
    echo "the image lacks getent and nslookup"
    exit 125
fi
failed=''
for name in $names; do
    if ! find_name "$name" >/dev/null 2>&1; then
        echo "$name is not found"
        failed=yes
    fi
done
[ -z "$failed" ]
