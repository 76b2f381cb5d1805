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
      # Published facts stay as they are, so there is nothing to wait for.
      terminationGracePeriodSeconds: 5
      securityContext:
        {{- include "smart-dispatcher.podSecurity" "node-agent" | nindent 8 }}
        {{- if and $kvm .kvm.groups }}
        supplementalGroups: {{- toYaml .kvm.groups | nindent 10 }}
        {{- end }}
        {{- if eq .seccompProfile.type "Unconfined" }}
        # The runtime's default profile lets no process enter a user namespace, so the agent could not test this. Without
        # privileges and capabilities, the other system calls let the agent do only what any user of a machine can do.
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
            {{- with .featuresDirectory }}
            - {name: AGENT_FEATURES_DIR, value: {{ . }}}
            {{- end }}
            # Keeps the speed, which the agent measures once after each boot, across restarts of the container.
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
            {{- with .featuresDirectory }}
            - {name: features, mountPath: /host{{ . }}, readOnly: true}
            {{- end }}
            {{- if $kvm }}
            - {name: dev, mountPath: /host/dev, readOnly: true}
            {{- end }}
      volumes:
        # The agent writes test programs there and runs them. In memory, because the nodes' disks may be mounted noexec.
        - name: tmp
          emptyDir: {medium: Memory, sizeLimit: 16Mi}
        # CPU, memory, kernel and load of the machine, and its binfmt_misc handlers, which a container's own /proc lacks.
        # The handlers are a separate mount, which may appear later.
        - name: proc
          hostPath: {path: /proc, type: Directory}
        # Topology of CPUs and NUMA nodes, and whether this is a Xen domain.
        - name: sys
          hostPath: {path: /sys, type: Directory}
        # The agent reads only the size of the file system. If a volume is unmounted on the node, it must be unmounted here,
        # too; otherwise it could not be detached.
        - name: builds
          hostPath: {path: {{ .buildPath }}, type: Directory}
        {{- with .featuresDirectory }}
        # Local facts, which administrators of the node and their programs state in files.
        - name: features
          hostPath: {path: {{ . }}, type: DirectoryOrCreate}
        {{- end }}
        {{- if $kvm }}
        # For /dev/kvm, which may not exist: if the path were /dev/kvm, the kubelet would create it as a directory. The agent
        # can open no device except the one of the device plugin.
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
