package dev.smartdispatcher.e2e.bench.cluster;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The same build twice: by the operator, and as a bare Job with what that one's pod is given. The Job has the token of its service
 * account, as Jobs have if nobody says otherwise: a pod without any volume would start 0.3 s sooner, since a kubelet that has to
 * mount something looks each 300 ms whether it is there.
 */
record Pair(String namespace, String image) {
    static final String BUILD_LABEL = "smartdispatcher.dev/job";
    static final String JOB_LABEL = "batch.kubernetes.io/job-name";

    BuildJob build(int run) {
        return Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildJob
                metadata: {name: build-%d, namespace: %s}
                spec:
                  targetArch: x86_64
                  environment: start-benchmark
                  image: "%s"
                  args: ["sleep 1"]
                  parallelism: {max: 1}
                  resources: {cpuPerProcess: 100m, memory: {base: 64Mi, perProcess: 0}, disk: {size: 64Mi}}
                """.formatted(run, namespace, image), BuildJob.class);
    }

    Job job(int run) {
        return Serialization.unmarshal("""
                apiVersion: batch/v1
                kind: Job
                metadata: {name: bare-%d, namespace: %s}
                spec:
                  backoffLimit: 0
                  template:
                    spec:
                      restartPolicy: Never
                      securityContext: {runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true}
                      containers:
                      - name: build
                        image: "%s"
                        command: [sh, -c, "sleep 1"]
                        resources:
                          requests: {cpu: 100m, memory: 64Mi, ephemeral-storage: 64Mi}
                          limits: {memory: 64Mi}
                """.formatted(run, namespace, image), Job.class);
    }
}
