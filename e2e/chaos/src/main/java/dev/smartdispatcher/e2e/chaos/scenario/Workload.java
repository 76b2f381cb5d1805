package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.e2e.chaos.kubelet.BuildScript;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The users: they create jobs of many kinds, delete some and create them anew. By a seed. */
final class Workload {
    private static final int KINDS = 100;

    private final KubernetesClient client;
    private final Journal journal;
    private final Random random;
    private final Queue<BuildJob> suspended = new ConcurrentLinkedQueue<>();
    private int number;

    Workload(KubernetesClient client, Journal journal, long seed) {
        this.client = client;
        this.journal = journal;
        this.random = new Random(seed);
    }

    /** Creates the next job. Whether the API server took it. */
    boolean create() {
        var namespace = Farm.NAMESPACES.get(random.nextInt(Farm.NAMESPACES.size()));
        var name = "job-" + number++;
        int kind = random.nextInt(KINDS);
        var yaml = kind == 0 ? impossible(name) : possible(name, kind);
        return Quietly.once(() -> {
            var job = create(namespace, yaml);
            if (kind == 0) {
                journal.write(Act.Kind.ExpectWait, job.getMetadata().getUid());
            }
        });
    }

    /** Deletes a job, whatever it does, and creates one of its name at once. */
    void recreate() {
        any().ifPresent(job -> {
            delete(job);
            var meta = job.getMetadata();
            Quietly.once(() -> create(meta.getNamespace(), possible(meta.getName(), random.nextInt(KINDS - 1) + 1)));
        });
    }

    void deleteAny() {
        any().ifPresent(this::delete);
    }

    /** Has a job stopped, for good. */
    void cancel() {
        any().ifPresent(job -> patch(job, "{\"spec\": {\"cancelled\": true}}"));
    }

    /** Has a job stopped until {@link #resume}. */
    void suspend() {
        any().ifPresent(job -> {
            suspended.add(job);
            patch(job, "{\"spec\": {\"suspend\": true}}");
        });
    }

    /** Lets all suspended jobs go on that are still there. */
    void resume() {
        for (var job = suspended.poll(); job != null; job = suspended.poll()) {
            var patched = job;
            Quietly.surely(() -> {
                if (client.resource(patched).get() != null) {
                    patch(patched, "{\"spec\": {\"suspend\": false}}");
                }
            });
        }
    }

    private void patch(BuildJob job, String patch) {
        client.resource(job)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .build(),
                        patch);
    }

    private void delete(BuildJob job) {
        journal.write(Act.Kind.DeleteJob, job.getMetadata().getUid());
        Quietly.once(() -> client.resource(job).delete());
    }

    /** One that has not ended, as far as there is one. */
    private Optional<BuildJob> any() {
        var namespace = Farm.NAMESPACES.get(random.nextInt(Farm.NAMESPACES.size()));
        List<BuildJob> jobs = client.resources(BuildJob.class).inNamespace(namespace).list().getItems().stream()
                .filter(job -> job.getStatus() == null || !job.getStatus().finished())
                .toList();
        return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.get(random.nextInt(jobs.size())));
    }

    private BuildJob create(String namespace, String yaml) {
        var job = Serialization.unmarshal(yaml, BuildJob.class);
        job.getMetadata().setNamespace(namespace);
        return client.resource(job).create();
    }

    private String possible(String name, int kind) {
        var end = kind < 5
                ? BuildScript.End.FAIL
                : kind < 10
                        ? BuildScript.End.FAIL_ONCE
                        : kind < 15 ? BuildScript.End.OUT_OF_MEMORY_ONCE : BuildScript.End.SUCCEED;
        int target = random.nextInt(KINDS);
        var arch = target < 60 ? "x86_64" : target < 85 ? "armv7l" : "i586";
        // Most are short, and a few run for ten seconds longer.
        long millis = 200 + (long) (5_000 * random.nextDouble() * random.nextDouble()) + (kind > 95 ? 10_000 : 0);
        return yaml(name, arch, new BuildScript(millis, end), 1 + random.nextInt(3), "256Mi");
    }

    /** Larger than any worker. */
    private String impossible(String name) {
        return yaml(name, "x86_64", new BuildScript(1000, BuildScript.End.SUCCEED), 1, "900Gi");
    }

    private static String yaml(String name, String arch, BuildScript script, int most, String memory) {
        return """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: %s}
            spec:
              targetArch: %s
              environment: %s
              args: ["%s"]
              parallelism: {max: %d}
              resources: {cpuPerProcess: "1", memory: {base: 64Mi, perProcess: %s}, disk: {size: 256Mi}}
              retry: {onWorkerLost: 15, onFailure: 1, onOutOfResources: 2}
            """.formatted(name, arch, Farm.ENVIRONMENT, script.text(), most, memory);
    }
}
