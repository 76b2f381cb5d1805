{{- define "smart-dispatcher.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* As in other charts: the release's name if it contains the chart's name; otherwise both names. */}}
{{- define "smart-dispatcher.fullname" -}}
{{- $name := include "smart-dispatcher.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "smart-dispatcher.operator" -}}
{{- include "smart-dispatcher.fullname" . }}-operator
{{- end -}}

{{- define "smart-dispatcher.nodeAgent" -}}
{{- include "smart-dispatcher.fullname" . }}-node-agent
{{- end -}}

{{/* Of (dict "root" $ "component" "operator"): the labels in selectors of that component. They must never change. */}}
{{- define "smart-dispatcher.selector" -}}
app.kubernetes.io/name: {{ include "smart-dispatcher.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Of (dict "root" $ "component" "operator"): every label of an object. */}}
{{- define "smart-dispatcher.labels" -}}
{{ include "smart-dispatcher.selector" . }}
app.kubernetes.io/part-of: smart-dispatcher
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{/* Of (dict "root" $ "image" .Values.operator.image): the reference of a container's image. */}}
{{- define "smart-dispatcher.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "smart-dispatcher.priorityClass" -}}
{{- include "smart-dispatcher.fullname" . }}-builds
{{- end -}}

{{/* The rule of a NetworkPolicy for clients that read metrics. */}}
{{- define "smart-dispatcher.metricsIngress" -}}
- ports:
    - {port: metrics, protocol: TCP}
  {{- with .Values.networkPolicy.metricsFrom }}
  from: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}
