# shellcheck shell=bash
# A certificate authority, what it signs, and the kubeconfigs made of that, in $state/pki.

ensure_authority() {
  [[ ! -e $state/pki/ca.crt ]] || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=$prefix" \
    -addext keyUsage=critical,keyCertSign,digitalSignature -keyout "$state/pki/ca.key" -out "$state/pki/ca.new" 2>/dev/null
  mv -f -- "$state/pki/ca.new" "$state/pki/ca.crt"
}

ensure_service_account_key() {
  [[ ! -e $state/pki/service-accounts.pub ]] || return 0
  openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out "$state/pki/service-accounts.key" 2>/dev/null
  openssl pkey -in "$state/pki/service-accounts.key" -pubout -out "$state/pki/service-accounts.new"
  mv -f -- "$state/pki/service-accounts.new" "$state/pki/service-accounts.pub"
}

# RSA, since Fabric8 reads no other private key without a further library.
#
# ensure_certificate NAME SUBJECT [ALTERNATIVE_NAMES]: the certificate is there last, so it is there with its key
ensure_certificate() {
  local file=$state/pki/$1 names=()
  [[ ! -e $file.crt ]] || return 0
  [[ -z ${3-} ]] || names=(-addext "subjectAltName=$3")
  openssl req -x509 -CA "$state/pki/ca.crt" -CAkey "$state/pki/ca.key" -newkey rsa:2048 -nodes \
    -days 365 -subj "$2" -addext basicConstraints=critical,CA:FALSE -addext keyUsage=critical,digitalSignature \
    -addext extendedKeyUsage=clientAuth,serverAuth "${names[@]}" -keyout "$file.key" -out "$file.new" 2>/dev/null
  mv -f -- "$file.new" "$file.crt"
}

# ensure_kubeconfig FILE SERVER CERTIFICATE
ensure_kubeconfig() {
  [[ ! -e $1 ]] || return 0
  cat >"$1.new" <<CONFIG
apiVersion: v1
kind: Config
clusters:
- name: $prefix
  cluster: {server: "$2", certificate-authority-data: $(base64 -w 0 "$state/pki/ca.crt")}
users:
- name: $3
  user: {client-certificate-data: $(base64 -w 0 "$state/pki/$3.crt"), client-key-data: $(base64 -w 0 "$state/pki/$3.key")}
contexts:
- {name: $prefix, context: {cluster: $prefix, user: $3}}
current-context: $prefix
CONFIG
  mv -f -- "$1.new" "$1"
}

ensure_credentials() {
  local name node mask
  mask=$(umask)
  umask 077
  mkdir -p -- "$state/pki"
  ensure_authority
  ensure_service_account_key
  ensure_certificate kube-apiserver /CN=kube-apiserver \
    "IP:127.0.0.1,IP:$control_plane_address,IP:$api_address,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default.svc"
  ensure_certificate admin "/O=system:masters/CN=$prefix-admin"
  for name in kube-controller-manager kube-scheduler; do
    ensure_certificate "$name" "/CN=system:$name"
    ensure_kubeconfig "$state/pki/$name.conf" "https://$control_plane_address" "$name"
  done
  for node in "${nodes[@]}"; do
    ensure_certificate "$node" "/O=system:nodes/CN=system:node:$node" "IP:$(node_address "$node"),DNS:$node"
    ensure_kubeconfig "$state/pki/$node.conf" "https://$control_plane_address" "$node"
  done
  ensure_kubeconfig "$kubeconfig" "https://127.0.0.1:$port" admin
  umask "$mask"
}
