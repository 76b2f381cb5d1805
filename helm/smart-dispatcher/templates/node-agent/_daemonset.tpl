{{/* Of (dict "root" $ "kvm" false): the agents of all nodes, or of those with a KVM device, or of the others. */}}
{{- define "smart-dispatcher.daemonSet" -}}
{{- $ := .root -}}
{{- $kvm := .kvm -}}
{{- $component := dict "root" $ "component" (ternary "node-agent-kvm" "node-agent" $kvm) -}}
{{- with $.Values.nodeAgent -}}
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: {{ include "smart-dispatcher.nodeAgent" $ }}{{ if $kvm }}-kvm{{ end }}
  namespace: {{ $.Release.Namespace }}
  labels: {{- include "smart-dispatcher.labels" $component | nindent 4 }}
spec:
  selector:
    matchLabels: {{- include "smart-dispatcher.selector" $component | nindent 6 }}
  updateStrategy:
    rollingUpdate: {maxUnavailable: {{ .maxUnavailable }}}
  template:
    metadata:
      labels:
        {{- include "smart-dispatcher.labels" $component | nindent 8 }}
        {{- with .podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .podAnnotations }}
      annotations: {{- toYaml . | nindent 8 }}
      {{- end }}
    spec:
      serviceAccountName: {{ include "smart-dispatcher.nodeAgent" $ }}
      automountServiceAccountToken: true
      enableServiceLinks: false
      {{- with $.Values.imagePullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .priorityClassName }}
      priorityClassName: {{ . }}
      {{- end }}
      # Facts stay as they were published: there is nothing to wait for.
      terminationGracePeriodSeconds: 5
      securityContext:
        {{- include "smart-dispatcher.podSecurity" "node-agent" | nindent 8 }}
        {{- if and $kvm .kvm.groups }}
        supplementalGroups: {{- toYaml .kvm.groups | nindent 10 }}
        {{- end }}
        {{- if eq .seccompProfile.type "Unconfined" }}
        # Under the runtime's default no process may enter a user namespace: it could not be tried. Without privileges and
        # capabilities the agent can do with the other system calls what any user of a machine can.
        {{- end }}
        seccompProfile: {{- toYaml .seccompProfile | nindent 10 }}
      containers:
        - name: node-agent
          image: {{ include "smart-dispatcher.image" (dict "root" $ "image" .image) }}
          imagePullPolicy: {{ .image.pullPolicy }}
          env:
            - name: NODE_NAME
              valueFrom: {fieldRef: {fieldPath: spec.nodeName}}
            - {name: AGENT_HOST_ROOT, value: /host}
            - {name: AGENT_BUILD_PATH, value: {{ .buildPath }}}
            # What it measures once a boot is kept over restarts of the container.
            - {name: AGENT_STATE_DIR, value: /tmp}
            - {name: AGENT_INTERVAL, value: {{ .intervalSeconds | quote }}}
            - {name: AGENT_HEALTH_PORT, value: "8081"}
            - {name: AGENT_METRICS_PORT, value: "8083"}
            - {name: LOG_LEVEL, value: {{ .logLevel }}}
            - {name: LOG_FORMAT, value: {{ .logFormat }}}
            {{- with .extraEnv }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          ports:
            - {name: health, containerPort: 8081}
            - {name: metrics, containerPort: 8083}
          {{- include "smart-dispatcher.probes" $ | nindent 10 }}
          resources:
            {{- $resources := deepCopy .resources }}
            {{- if $kvm }}
            {{- $_ := set $resources "limits" (merge (dict .kvm.resource 1) ($resources.limits | default dict)) }}
            {{- end }}
            {{- toYaml $resources | nindent 12 }}
          securityContext: {{- include "smart-dispatcher.containerSecurity" $ | nindent 12 }}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
            - {name: proc, mountPath: /host/proc, readOnly: true, mountPropagation: HostToContainer}
            - {name: sys, mountPath: /host/sys, readOnly: true}
            - {name: builds, mountPath: /host{{ .buildPath }}, readOnly: true, mountPropagation: HostToContainer}
            {{- if $kvm }}
            - {name: dev, mountPath: /host/dev, readOnly: true}
            {{- end }}
      volumes:
        # Trial programs are written there and run; memory, since the nodes' own disks may be mounted noexec.
        - name: tmp
          emptyDir: {medium: Memory, sizeLimit: 16Mi}
        # CPU, memory, kernel and load of the machine, and its binfmt_misc handlers, which a container's own /proc lacks.
        # They are a mount of their own, which may come later.
        - name: proc
          hostPath: {path: /proc, type: Directory}
        # Topology of CPUs and NUMA nodes; whether this is a domain of Xen.
        - name: sys
          hostPath: {path: /sys, type: Directory}
        # Only asked for the size of its file system. What is unmounted on the node must be so here, too: it could not be
        # detached otherwise.
        - name: builds
          hostPath: {path: {{ .buildPath }}, type: Directory}
        {{- if $kvm }}
        # For /dev/kvm, which may not be there: as a path of its own it would be made as a directory. Devices but the one
        # of the device plugin cannot be opened.
        - name: dev
          hostPath: {path: /dev, type: Directory}
        {{- end }}
      {{- with .nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- $affinity := deepCopy .affinity }}
      {{- if .kvm.resource }}
      {{- $device := dict "key" .kvm.nodeLabel "operator" (ternary "Exists" "DoesNotExist" $kvm) }}
      {{- $required := dict "nodeSelectorTerms" (list (dict "matchExpressions" (list $device))) }}
      {{- $affinity = mergeOverwrite $affinity (dict "nodeAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" $required)) }}
      {{- end }}
      {{- with $affinity }}
      affinity: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with .tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end }}
{{- end -}}
