{{/*
Of (dict "root" $ "file" "operator.yaml" "component" "operator"): the objects of a file in rights/. These are complete, and
tested on their own, for an installation named smart-dispatcher in the namespace smart-dispatcher. Here they get the names of
this release.
*/}}
{{- define "smart-dispatcher.rights" -}}
{{- $ := .root -}}
{{- $component := .component -}}
{{- $full := include "smart-dispatcher.fullname" $ -}}
{{- $account := "system:serviceaccount:smart-dispatcher:smart-dispatcher-" -}}
{{- $text := $.Files.Get (printf "rights/%s" .file) | required (printf "the chart has no rights/%s" .file) -}}
{{- $text = $text | replace $account (printf "system:serviceaccount:%s:%s-" $.Release.Namespace $full) -}}
{{- range regexSplit "(?m)^---$" $text -1 }}
{{- $object := fromYaml . }}
{{- $metadata := $object.metadata }}
{{- $_ := set $metadata "name" (printf "%s%s" $full (trimPrefix "smart-dispatcher" $metadata.name)) }}
{{- $_ := set $metadata "labels" (include "smart-dispatcher.labels" (dict "root" $ "component" $component) | fromYaml) }}
{{- if $metadata.namespace }}
{{- $_ := set $metadata "namespace" $.Release.Namespace }}
{{- end }}
{{- range $object.rules }}
{{- if .resourceNames }}
{{- $_ := set . "resourceNames" (list $full) }}
{{- end }}
{{- end }}
{{- if eq $object.kind "ValidatingAdmissionPolicyBinding" }}
{{- $_ := set $object.spec "policyName" $metadata.name }}
{{- end }}
---
{{ toYaml $object }}
{{- end }}
{{- end -}}

{{/* Of (dict "root" $ "component" "operator" "account" NAME): who has the role of a component in the whole cluster. */}}
{{- define "smart-dispatcher.clusterRoleBinding" -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ .account }}
  labels: {{- include "smart-dispatcher.labels" . | nindent 4 }}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ .account }}}
subjects:
  - {kind: ServiceAccount, name: {{ .account }}, namespace: {{ .root.Release.Namespace }}}
{{- end -}}
