{{/*
Of (dict "root" $ "name" NAME "check" VALUES), and "isolation", "variables", "timeout", "resources" where they are needed: a WorkerCheck
with the script checks/NAME.sh.
*/}}
{{- define "smart-dispatcher.check" -}}
{{- $checks := .root.Values.workerChecks -}}
---
apiVersion: smartdispatcher.dev/v1alpha1
kind: WorkerCheck
metadata:
  name: {{ .name }}
  labels: {{- include "smart-dispatcher.labels" (dict "root" .root "component" "checks") | nindent 4 }}
spec:
  image: {{ .check.image | default $checks.image | quote }}
  {{- with .root.Values.imagePullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  intervalSeconds: {{ $checks.intervalSeconds | int64 }}
  expireAfterSeconds: {{ $checks.expireAfterSeconds | int64 }}
  timeoutSeconds: {{ .timeout | default 30 }}
  mandatory: {{ .check.mandatory }}
  {{- with .isolation }}
  isolation: {{ . }}
  withdrawsIsolation: true
  {{- end }}
  {{- with .resources }}
  resources: {{- toYaml . | nindent 4 }}
  {{- end }}
  script: |
    {{- printf "%s%s" (.variables | default "") (.root.Files.Get (printf "checks/%s.sh" .name) | required (printf "the chart has no checks/%s.sh" .name)) | nindent 4 }}
{{- end -}}
