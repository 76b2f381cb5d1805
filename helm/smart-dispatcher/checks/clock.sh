# How far the node's clock is from the API server's, by the Date of an answer: any answer has one. Variable: most_seconds
url=https://$KUBERNETES_SERVICE_HOST:${KUBERNETES_SERVICE_PORT:-443}/version
if command -v curl >/dev/null; then
    ask() { curl -ksi --max-time 10 "$url"; }
elif command -v wget >/dev/null; then
    ask() { wget -qS -T 10 -O - --no-check-certificate "$url" 2>&1; }
elif command -v openssl >/dev/null; then
    ask() {
        { printf 'GET /version HTTP/1.0\r\n\r\n'; sleep 3; } |
            openssl s_client -quiet -connect "$KUBERNETES_SERVICE_HOST:${KUBERNETES_SERVICE_PORT:-443}" 2>/dev/null
    }
else
    echo "the image lacks curl, wget and openssl"
    exit 125
fi
answer=$(ask)
date=$(printf '%s\n' "$answer" | tr -d '\r' | sed -n 's/^ *[Dd]ate: *//p' | head -n 1)
here=$(date -u +%s)
if [ -z "$date" ]; then
    echo "the API server does not answer"
    exit 1
fi
there=$(date -u -d "$date" +%s 2>/dev/null || date -u -D '%a, %d %b %Y %H:%M:%S' -d "$date" +%s) || exit 125
ahead=$((here - there))
echo "ahead.seconds=$ahead"
if [ "${ahead#-}" -gt "$most_seconds" ]; then
    echo "the clock is $ahead s ahead of the API server's"
    exit 1
fi
