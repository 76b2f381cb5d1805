# shellcheck shell=bash
# The project's own images and chart. "up --no-chart" leaves them out.

release=smart-dispatcher
modules=(operator node-agent)

image_file() { printf '%s/%s/target/%s-image.tar\n' "$root" "$1" "$1"; }

# Any source newer than an image, or an image that is not there.
project_images_stale() {
  local module file
  for module in "${modules[@]}"; do
    file=$(image_file "$module")
    [[ -e $file ]] || return 0
    [[ -z $(find "$root/pom.xml" "$root/images" "$root"/{crds,operator,node-agent}/{pom.xml,src/main} -newer "$file" -print -quit) ]] ||
      return 0
  done
  return 1
}

ensure_project_images() {
  project_images_stale || return 0
  say 'building the images of the operator and the node agent'
  (cd -- "$root" && mvn -B -q -Pimages package -pl operator,node-agent -am -Dmaven.test.skip=true >"$state/logs/images.log" 2>&1) ||
    die "mvn -Pimages package failed: $(last_words images)"
}

# load_project_image NODE MODULE DIGEST
load_project_image() { load_once "$1" "$2" "$(image_file "$2")" "$3"; }

# digest_of FILE...: of their contents
digest_of() { cat -- "$@" | sha256sum | cut -c 1-16; }

ensure_chart() {
  local module digest chart=$root/helm/smart-dispatcher arguments=()
  if [[ ! -e $chart/Chart.yaml || ! -d $root/images ]]; then
    say 'skipping the project: helm/smart-dispatcher or images/ is missing'
    return
  fi
  ensure_project_images
  for module in "${modules[@]}"; do
    digest=$(digest_of "$(image_file "$module")")
    for_each_node load_project_image "$module" "$digest"
    # So that pods are replaced when their image is another one under the same tag.
    [[ $module == operator ]] && module=operator || module=nodeAgent
    arguments+=(--set-string "$module.podAnnotations.image-digest=$digest")
  done
  digest=$({
    printf '%s\n' "${arguments[@]}"
    find "$chart" -type f -print0 | sort -z | xargs -0 cat --
  } | sha256sum | cut -c 1-16)
  if [[ -e $state/chart && $(<"$state/chart") == "$digest" ]] && helm status "$release" -n "$release" >/dev/null 2>&1; then
    return
  fi
  install_chart "$chart" "${arguments[@]}"
  printf '%s\n' "$digest" >"$state/chart"
}

helm() { env -u KUBECONFIG HOME="$state" "$bin/helm" --kubeconfig "$kubeconfig" "$@"; }

install_chart() {
  local chart=$1
  shift
  say 'installing the chart'
  # Agents look at their machine, which only "privileged" allows.
  quietly kubectl apply --server-side -f - <<NAMESPACE || die "cannot create the namespace: $reason"
apiVersion: v1
kind: Namespace
metadata: {name: $release, labels: {pod-security.kubernetes.io/enforce: privileged}}
NAMESPACE
  quietly kubectl apply --server-side --force-conflicts -f "$chart/crds" || die "cannot apply the CRDs: $reason"
  quietly helm upgrade --install "$release" "$chart" -n "$release" --wait --timeout 10m "$@" ||
    die "helm upgrade failed: $reason"
}
