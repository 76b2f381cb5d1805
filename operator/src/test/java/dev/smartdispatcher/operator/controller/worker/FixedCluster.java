package dev.smartdispatcher.operator.controller.worker;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.controller.cache.FixedCache;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Caches with the worker {@code w}, whose agent was heard at noon and recommends 8 cores, and its Node. */
public final class FixedCluster {
    public final ClusterView view = new ClusterView();
    public final FixedCache<BuildJob> jobs = new FixedCache<>();
    private final FixedCache<BuildWorker> workers = new FixedCache<>();
    private final FixedCache<Node> nodes = new FixedCache<>();
    private final FixedCache<WorkerCheck> checks = new FixedCache<>();
    private final FixedCache<DispatchPolicy> policies = new FixedCache<>();
    public final FixedCache<PersistentVolumeClaim> caches = new FixedCache<>();

    public FixedCluster() {
        view.caches().lendJobs(jobs);
        view.caches().lendWorkers(workers);
        view.caches().lendNodes(nodes);
        view.caches().lendPolicies(policies);
        view.caches().lendPods(new FixedCache<Pod>());
        view.caches().lendOtherPods(new FixedCache<Pod>());
        view.caches().lendCaches(caches);
        view.caches().lendChecks(checks);
        view.caches().lendCheckPods(new FixedCache<Pod>());
        worker("1", "{}");
        node("cpu: \"16\"");
    }

    /** Another version of the worker, with this spec. */
    public BuildWorker worker(String resourceVersion, String spec) {
        return worker(resourceVersion, spec, "2026-01-01T12:00:00Z");
    }

    private BuildWorker worker(String resourceVersion, String spec, String observed) {
        var worker =
                Serialization.unmarshal("""
            apiVersion: smart-dispatcher.dev/v1alpha1
            kind: BuildWorker
            metadata:
              name: w
              uid: uid-w
              resourceVersion: "%s"
              managedFields:
                - {manager: agent, operation: Apply, time: "%s", fieldsV1: {"f:status": {"f:agent": {"f:observedTime": {}}}}}
            spec: %s
            status:
              agent:
                observedTime: "%s"
                hostArch: x86_64
                recommendedLimits: {cpu: "8", memory: 16Gi, disk: 100Gi, jobs: 8}
            """.formatted(resourceVersion, observed, spec, observed), BuildWorker.class);
        workers.put(worker);
        return worker;
    }

    /** The agent has looked at its machine once more, when its clock said so. */
    void observed(String time) {
        worker("3", "{}", time);
    }

    /** The Node now offers this. */
    void node(String allocatable) {
        node(allocatable, "");
    }

    /** The Node now offers this, and has this besides its name. */
    void node(String allocatable, String metadata) {
        nodes.put(Serialization.unmarshal("""
            apiVersion: v1
            kind: Node
            metadata: {name: w, %s}
            status: {conditions: [{type: Ready, status: "True"}], allocatable: {%s}}
            """.formatted(metadata, allocatable), Node.class));
    }

    /** The policy now has this spec. */
    void policy(String spec) {
        policies.put(Serialization.unmarshal("""
            apiVersion: smart-dispatcher.dev/v1alpha1
            kind: DispatchPolicy
            metadata: {name: default}
            spec: %s
            """.formatted(spec), DispatchPolicy.class));
    }
}
