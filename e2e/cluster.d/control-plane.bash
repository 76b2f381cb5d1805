# shellcheck shell=bash
# etcd and the control plane's own components.

# Sets command to what runs a component of the control plane.
control_plane_command() {
  local pki=$state/pki
  case $1 in
    etcd)
      command=("$bin/etcd" "--data-dir=$state/etcd" --listen-client-urls=http://127.0.0.1:2379
        --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380
        --initial-advertise-peer-urls=http://127.0.0.1:2380 --initial-cluster=default=http://127.0.0.1:2380
        --log-level=warn --unsafe-no-fsync)
      ;;
    kube-apiserver)
      # Without a limit its heap grows to gigabytes under load.
      command=(env GOMEMLIMIT=900MiB "$bin/kube-apiserver" --etcd-servers=http://127.0.0.1:2379
        --bind-address=0.0.0.0 --secure-port=443 "--advertise-address=$control_plane_address"
        "--service-cluster-ip-range=$service_network" --authorization-mode=Node,RBAC
        --enable-admission-plugins=NodeRestriction --allow-privileged=true
        "--client-ca-file=$pki/ca.crt" "--tls-cert-file=$pki/kube-apiserver.crt"
        "--tls-private-key-file=$pki/kube-apiserver.key" --service-account-issuer=https://kubernetes.default.svc
        "--service-account-key-file=$pki/service-accounts.pub"
        "--service-account-signing-key-file=$pki/service-accounts.key"
        "--kubelet-client-certificate=$pki/kube-apiserver.crt" "--kubelet-client-key=$pki/kube-apiserver.key"
        "--kubelet-certificate-authority=$pki/ca.crt" --kubelet-preferred-address-types=InternalIP
        --default-not-ready-toleration-seconds=30 --default-unreachable-toleration-seconds=30)
      ;;
    kube-controller-manager)
      # A lost node is seen after 15 seconds instead of 50.
      command=("$bin/kube-controller-manager" "--kubeconfig=$pki/$1.conf" "--authentication-kubeconfig=$pki/$1.conf"
        "--authorization-kubeconfig=$pki/$1.conf" --use-service-account-credentials
        "--service-account-private-key-file=$pki/service-accounts.key" "--root-ca-file=$pki/ca.crt"
        "--cluster-signing-cert-file=$pki/ca.crt" "--cluster-signing-key-file=$pki/ca.key" --leader-elect=false
        --bind-address=127.0.0.1 --enable-hostpath-provisioner --node-monitor-period=2s
        --node-monitor-grace-period=16s --kube-api-qps=200 --kube-api-burst=400)
      ;;
    kube-scheduler)
      command=("$bin/kube-scheduler" "--config=$state/control-plane/kube-scheduler.yaml"
        "--authentication-kubeconfig=$pki/$1.conf" "--authorization-kubeconfig=$pki/$1.conf" --bind-address=127.0.0.1)
      ;;
  esac
}

configure_control_plane() {
  mkdir -p -- "$state/control-plane"
  write_file "$state/control-plane/kube-scheduler.yaml" <<CONFIG
apiVersion: kubescheduler.config.k8s.io/v1
kind: KubeSchedulerConfiguration
leaderElection: {leaderElect: false}
clientConnection: {kubeconfig: $state/pki/kube-scheduler.conf, qps: 200, burst: 400}
CONFIG
}

kubectl() { env -u KUBECONFIG "$bin/kubectl" --kubeconfig "$kubeconfig" "$@"; }

api_ready() { quietly kubectl get --raw /readyz --request-timeout=5s; }

nodes_ready() {
  local ready
  ready=$(kubectl get nodes --request-timeout=5s \
    -o 'jsonpath={range .items[*]}{.metadata.name}={.status.conditions[?(@.type=="Ready")].status}{"\n"}{end}' 2>/dev/null) || return 1
  local node
  for node in "${nodes[@]}"; do
    grep -qx "$node=True" <<<"$ready" || return 1
  done
}

service_account_there() { quietly kubectl get serviceaccount default -n default --request-timeout=5s; }

# Claims of the in-tree provisioner are directories that only root may enter. They are opened to everybody as they appear.
open_volumes='
  declare -A opened
  exec 3<> <(:)
  while :; do
    for volume in "$1"/*/; do
      [[ -n ${opened[$volume]-} || ! -d $volume ]] || { chmod 0777 -- "$volume" && opened[$volume]=yes; }
    done
    read -rt 0.1 -u 3 _ || true
  done'

ensure_volumes() {
  mkdir -p -- "$state/volumes"
  running host.volumes || launch host.volumes host bash -c "$open_volumes" open-volumes "$state/volumes"
}
