{{/*
Of "operator" or "node-agent": the user of its image. Both differ from the user of builds, 65532: the kernel lets a process read the
environment of other processes of its user, and the agent sees the processes of its node.
*/}}
{{- define "smart-dispatcher.podSecurity" -}}
{{- $user := get (dict "operator" 65530 "node-agent" 65531) . -}}
runAsNonRoot: true
runAsUser: {{ $user }}
runAsGroup: {{ $user }}
{{- end -}}

{{- define "smart-dispatcher.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The kubelet's probes. On a busy node, Java needs some seconds before it answers. */}}
{{- define "smart-dispatcher.probes" -}}
startupProbe:
  httpGet: {path: /livez, port: health}
  periodSeconds: 2
  timeoutSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /livez, port: health}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /readyz, port: health}
  periodSeconds: 5
  timeoutSeconds: 5
  failureThreshold: 2
{{- end -}}
