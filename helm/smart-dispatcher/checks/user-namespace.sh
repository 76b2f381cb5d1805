# Whether the pod has a user namespace of its own, as jobs with the isolation UserNamespace need: root in it is an ordinary user of the
# node, and there are enough users.
read -r inside outside count </proc/self/uid_map || exit 125
echo "users=$count"
if [ "$inside" -ne 0 ] || [ "$outside" -eq 0 ] || [ "$count" -lt 65536 ]; then
    echo "the pod has no user namespace of its own: user $inside is the node's user $outside, of $count"
    exit 1
fi
