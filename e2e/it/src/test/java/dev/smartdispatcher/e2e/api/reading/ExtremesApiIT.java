package dev.smartdispatcher.e2e.api.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.Leftovers;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Extreme;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import dev.smartdispatcher.operator.app.SmartDispatcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The smallest and the largest value of every field of every kind, and the ones just beyond, with an operator that runs. */
@ApiTier
class ExtremesApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final KubernetesClient client;
    private final RawApi api;
    private final Trials trials;

    ExtremesApiIT(KubernetesClient client) {
        this.client = client;
        this.api = new RawApi(client);
        this.trials = new Trials(api);
    }

    @AfterEach
    void clean() {
        Leftovers.remove(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"BuildJob", "BuildWorker", "BuildEnvironment", "WorkerCheck", "BuildProfile", "DispatchPolicy"})
    void whatJustKeepsABoundStopsNobody(String kind) {
        var farm = Farm.of(client, "extreme-1");
        try (var nodes = HollowNodes.startBinding(client, Duration.ofMillis(50), 2);
                var operator = OperatorRun.start(client)) {
            await().atMost(PATIENCE).until(() -> api.get(policy()).code() == 200);
            var standard = api.get(policy()).body().get("spec");
            int number = 0;
            for (var extreme : Extreme.of(Definition.of(kind))) {
                var beyond = write(kind, extreme, extreme.beyond(), "beyond-" + number);
                assertThat(beyond.code()).as(extreme + ": " + beyond.message()).isEqualTo(422);
                if (extreme.edge().isPresent()) {
                    assertNotBroken(
                            extreme, atEdge(kind, extreme, extreme.edge().get(), "edge-" + number));
                }
                number++;
            }
            ObjectNode policy = api.get(policy()).body().deepCopy();
            policy.set("spec", standard);
            assertThat(api.replace(policy(), "", policy).accepted()).isTrue();
            assertGoesOn(operator, farm);
        }
    }

    /** One policy for all; of the others a new object each, and an operator that looks at all of them. */
    private Answer write(String kind, Extreme extreme, ObjectNode object, String name) {
        var definition = Definition.of(kind);
        if (kind.equals("DispatchPolicy")) {
            return api.replace(policy(), extreme.inStatus() ? "/status" : "", object);
        }
        var named = object.deepCopy();
        if (named.path("metadata").isObject()) {
            named.withObject("/metadata").put("name", name);
        }
        return api.createWithStatus(definition.path(), named);
    }

    /** Large objects are not kept: they would be about the API server's disk. */
    private Answer atEdge(String kind, Extreme extreme, ObjectNode object, String name) {
        return extreme.large()
                ? trials.answer(Definition.of(kind), object, extreme.inStatus())
                : write(kind, extreme, object, name);
    }

    /** A CEL rule may refuse the edge, as one that an amount is positive does 0. */
    private static void assertNotBroken(Extreme extreme, Answer edge) {
        assertThat(edge.code()).as(extreme + ": " + edge.message()).matches(code -> edge.accepted() || code == 422);
    }

    private void assertGoesOn(SmartDispatcher operator, Farm farm) {
        farm.job("after");
        farm.until("after", status -> status.holds(BuildJobStatus.COMPLETE));
        assertThat(operator.ready()).isTrue();
        assertThat(operator.brokenWatches()).isEmpty();
    }

    /** It held the API server's threads, for half a minute each. */
    @ParameterizedTest
    @CsvSource({
        "volumes, '[{\"name\": \"v\", \"emptyDir\": {\"sizeLimit\": \"9e99999999999\"}}]'",
        "resources, '{\"memory\": {\"base\": \"1e-4000000\"}}'",
        "resources, '{\"disk\": {\"size\": \"1e999999999\"}}'",
        "resources, '{\"cpuPerProcess\": \"1e-999999999\"}'"
    })
    @Timeout(20)
    void aLongExponentIsRefusedAtOnce(String field, String value) {
        var job = io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
                """
                {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildJob", "metadata": {"name": "long"},
                 "spec": {"targetArch": "x86_64", "environment": "debian", "%s": %s}}\
                """.formatted(field, value), ObjectNode.class);
        long begin = System.nanoTime();
        var answer = api.post(Definition.of("BuildJob").path(), job);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(answer.code()).isEqualTo(422);
        assertThat(answer.message()).contains("should match");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00+23:59",
                "2026-01-01T00:00:00x5Z",
                "2026-02-30T00:00:00Z",
                "2026-01-01t00:00:00z"
            })
    void aTimeThatJavaDoesNotReadIsRefused(String time) {
        var definition = Definition.of("BuildWorker");
        var worker = dev.smartdispatcher.e2e.definitions.Sample.of(definition).object();
        ((ObjectNode) worker.at("/status/agent")).put("observedTime", time);
        assertThat(api.createWithStatus(definition.path(), worker).code()).isEqualTo(422);
    }

    private static String policy() {
        return Definition.of("DispatchPolicy").path() + "/" + DispatchPolicy.NAME;
    }
}
