package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.e2e.bench.stand.Arrivals;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.hollow.PodListener;
import dev.smartdispatcher.operator.packages.PackagePlan;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.nio.file.Path;
import java.util.Map;

/** The same pods by Jobs of Kubernetes itself: its job controller creates them, its scheduler chooses their nodes. */
final class BatchPart {
    private final Sizes sizes;
    private final Load load;
    private final PackagePlan plan;

    BatchPart(Sizes sizes) {
        this.sizes = sizes;
        this.load = new Load(sizes.seed());
        this.plan = load.plan();
    }

    Measured run(Path project, Path directory) {
        try (var stand = Stand.startWithJobs(project, directory, sizes.farm(), PodListener.NONE)) {
            var client = stand.client();
            var complete = new Arrivals();
            try (var watch = complete.watch(
                    client.batch().v1().jobs().inNamespace(Load.NAMESPACE).withField("status.successful", "1"))) {
                return new Drive("batch", sizes, stand, Map.of())
                        .run(number -> client.resource(job(number)).create(), complete);
            }
        }
    }

    private Job job(int number) {
        var pod = pod(number);
        return new JobBuilder()
                .withNewMetadata()
                .withName(load.name(number))
                .withNamespace(Load.NAMESPACE)
                .endMetadata()
                .withNewSpec()
                .withCompletions(1)
                .withParallelism(1)
                .withBackoffLimit(1)
                .withTemplate(new PodTemplateSpecBuilder()
                        .withNewMetadata()
                        .withLabels(pod.getMetadata().getLabels())
                        .withAnnotations(pod.getMetadata().getAnnotations())
                        .endMetadata()
                        .withSpec(pod.getSpec())
                        .build())
                .endSpec()
                .build();
    }

    /** The operator's, but for the node. */
    private Pod pod(int number) {
        var job = load.buildJob(number);
        job.getMetadata().setUid("00000000-0000-0000-0000-000000000000");
        var pod = new Replica(job, "any", new Quantity(load.memoryMiB(number) + "Mi"), plan).pod();
        pod.getSpec().setAffinity(null);
        return pod;
    }
}
