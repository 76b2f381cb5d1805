package dev.smartdispatcher.e2e.bench.dispatch;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.bench.stand.BenchFailure;
import dev.smartdispatcher.operator.controller.sync.PendingJobFactory;
import dev.smartdispatcher.operator.health.Standing;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.worker.WorkerAssessment;
import dev.smartdispatcher.operator.worker.node.NodeState;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes of manifests what the operator makes of them. Workers need no Node here, and are open. */
final class Views {
    /** A Node that neither closes a worker nor limits its budget. */
    private static final NodeState READY =
            new NodeState(true, false, List.of(), Optional.empty(), Set.of(), false, Room.NONE, Room.NONE, "");

    private final KubernetesSerialization serialization = new KubernetesSerialization(
            new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES),
            true);
    private final PendingJobFactory pending =
            new PendingJobFactory(JobDefaults.STANDARD, kind -> List.of(), Instant.EPOCH);
    private final Map<String, BuildEnvironment> environments = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<PendingJob> jobs = new ArrayList<>();
    private final String now;

    Views(Instant now) {
        this.now = now.toString();
    }

    /** Adds a manifest; of kinds that are neither worker, job nor environment nothing is made. Environments come before jobs. */
    void add(JsonNode manifest) {
        switch (manifest.path("kind").asText()) {
            case "BuildEnvironment" -> {
                var environment = serialization.convertValue(manifest, BuildEnvironment.class);
                environments.put(environment.getMetadata().getName(), environment);
            }
            case "BuildWorker" -> workers.add(worker(serialization.convertValue(manifest, BuildWorker.class)));
            case "BuildJob" -> jobs.add(job((ObjectNode) manifest));
            default -> {}
        }
    }

    private Worker worker(BuildWorker worker) {
        var meta = worker.getMetadata();
        return WorkerAssessment.of(new WorkerAssessment.Evidence(
                        meta.getName(),
                        meta.getLabels() == null ? Map.of() : meta.getLabels(),
                        Map.of(),
                        false,
                        worker.getSpec(),
                        Optional.ofNullable(worker.getStatus()).map(s -> s.agent()),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.of(READY),
                        false,
                        false,
                        0,
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Standing.TRUSTED,
                        Set.of()))
                .worker()
                .orElseThrow(() -> new BenchFailure("BuildWorker " + meta.getName()
                        + ": status.agent is missing, or cannot be true: nothing is known of its size"));
    }

    private PendingJob job(ObjectNode manifest) {
        var meta = (ObjectNode) manifest.get("metadata");
        if (!meta.has("uid")) {
            meta.put("uid", UUID.nameUUIDFromBytes(meta.toString().getBytes()).toString());
        }
        if (!meta.has("creationTimestamp")) {
            meta.put("creationTimestamp", now);
        }
        if (!meta.has("namespace")) {
            meta.put("namespace", "default");
        }
        var job = serialization.convertValue(manifest, BuildJob.class);
        var environment = Optional.ofNullable(environments.get(job.getSpec().environment()))
                .orElseThrow(() ->
                        new BenchFailure("BuildJob " + job.getMetadata().getName() + ": there is no BuildEnvironment '"
                                + job.getSpec().environment() + "'"));
        return pending.of(job, BuildJobStatus.EMPTY, environment.getSpec());
    }

    Farm farm() {
        return new Farm(List.copyOf(workers), List.copyOf(jobs));
    }
}
