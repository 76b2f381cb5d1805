package dev.smartdispatcher.e2e.api.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.e2e.raw.RawApi;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random objects of all kinds that the schema takes, some hundred here and {@code -Dfuzz.objects=10000} on demand, with
 * {@code -Dfuzz.seed=...} others: the operator goes on, and others' jobs are built as without them, none more than a second later
 * than the machine itself is to blame for.
 */
@ApiTier
class FuzzApiIT {
    private static final Logger LOG = LoggerFactory.getLogger(FuzzApiIT.class);
    private static final int OBJECTS = Integer.getInteger("fuzz.objects", 300);
    private static final long SEED = Long.getLong("fuzz.seed", 20260101L);
    private static final Duration STALL = Duration.ofSeconds(1);
    /** A job waits for some writes: its creation, its Event, its allocation, and what is read between them. */
    private static final int WRITES = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String STRANGERS = "strangers";
    /** Objects that are there at a time: the API server's disk is not what is tried. */
    private static final int MOST_KEPT = 200;

    private final KubernetesClient client;
    private final RawApi api;
    private final Random random = new Random(SEED);
    private final Deque<String> kept = new ArrayDeque<>();
    private int accepted;
    private int tried;

    FuzzApiIT(KubernetesClient client) {
        this.client = client;
        this.api = new RawApi(client);
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
        client.namespaces().withName(STRANGERS).delete();
    }

    @Test
    void randomObjectsStopNobodyElse() {
        if (client.namespaces().withName(STRANGERS).get() == null) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(STRANGERS)
                            .endMetadata()
                            .build())
                    .create();
        }
        var farm = Farm.of(client, "steady");
        HollowWorker.of("odd", 4).register(client);
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(50), 4);
                var operator = OperatorRun.start(client);
                var machine = Yardstick.start(client);
                var others = Bystanders.on(farm, "steady")) {
            var calm = others.calm(10);
            policies(OBJECTS / 10);
            assertThat(operator.ready()).isTrue();
            others.start();
            while (accepted < OBJECTS) {
                next();
            }
            var waits = others.end();
            var longest = waits.stream().max(Duration::compareTo).orElseThrow();
            LOG.info(
                    "{} objects accepted of {} tried; {} jobs of others, the longest wait {} ms, without random"
                            + " objects {} ms; the longest write of a yardstick {} ms",
                    accepted,
                    tried,
                    waits.size(),
                    longest.toMillis(),
                    calm.toMillis(),
                    machine.longest().toMillis());
            assertThat(operator.ready()).isTrue();
            assertThat(operator.brokenWatches()).isEmpty();
            assertThat(longest)
                    .isLessThanOrEqualTo(calm.plus(STALL).plus(machine.longest().multipliedBy(WRITES)));
        }
    }

    /** What an administrator may write of the whole farm stops it rightly: so before others build. */
    private void policies(int number) {
        var definition = Definition.of("DispatchPolicy");
        var objects = new RandomObjects(definition, random);
        var path = definition.path() + "/" + DispatchPolicy.NAME;
        await().atMost(PATIENCE).until(() -> api.get(path).code() == 200);
        var before = api.get(path).body().get("spec");
        while (accepted < number) {
            var object = objects.next();
            count(api.merge(path, object(object, "spec")).accepted());
            api.merge(path + "/status", object(object, "status"));
        }
        await().atMost(PATIENCE).until(() -> {
            ObjectNode now = api.get(path).body().deepCopy();
            now.set("spec", before);
            return api.put(path, now).accepted();
        });
    }

    private void next() {
        switch (random.nextInt(8)) {
            case 0 -> create("BuildEnvironment");
            case 1 -> create("BuildWorker");
            case 2, 3 -> facts();
            case 4 -> create("WorkerCheck");
            default -> create("BuildJob");
        }
    }

    private void create(String kind) {
        var definition = Definition.of(kind);
        var object = new RandomObjects(definition, random).next();
        var name = "fuzz-" + tried;
        object.withObject("/metadata").put("name", name).remove("namespace");
        if (kind.equals("WorkerCheck")) {
            // One that no worker passes would end all building.
            object.withObject("/spec").put("mandatory", false);
        }
        if (kind.equals("BuildJob")) {
            forOddWorkers(object);
        }
        var path = definition.path().replace("/namespaces/default/", "/namespaces/" + STRANGERS + "/");
        var answer = api.createWithStatus(path, object);
        count(answer.accepted());
        kept.add(path + "/" + name);
        if (kept.size() > MOST_KEPT) {
            api.delete(kept.remove());
        }
    }

    /** Half of the jobs can be built, but not on the workers of others. */
    private void forOddWorkers(ObjectNode job) {
        if (random.nextBoolean()) {
            job.remove("status");
            job.withObject("/spec")
                    .put("environment", "debian")
                    .put("targetArch", "x86_64")
                    .remove("requires");
        }
        job.withObject("/spec/requires/workerSelector/matchLabels").removeAll().put("pool", "odd");
        job.withObject("/spec/requires/workerSelector").remove("matchExpressions");
    }

    /** What the agent of a worker with a node says of it. */
    private void facts() {
        var worker = new RandomObjects(Definition.of("BuildWorker"), random).next();
        var path = Definition.of("BuildWorker").path() + "/odd";
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("metadata").putObject("labels").put("pool", "odd");
        patch.set("spec", worker.get("spec"));
        api.merge(path, patch);
        var status = JsonNodeFactory.instance.objectNode();
        status.putObject("status").set("agent", worker.at("/status/agent"));
        count(api.merge(path + "/status", status).accepted());
    }

    private static ObjectNode object(ObjectNode of, String part) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.set(part, of.get(part));
        return patch;
    }

    private void count(boolean taken) {
        tried++;
        accepted += taken ? 1 : 0;
    }
}
