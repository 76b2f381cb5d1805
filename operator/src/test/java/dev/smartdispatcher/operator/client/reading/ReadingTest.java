package dev.smartdispatcher.operator.client.reading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class ReadingTest {
    private final KubernetesSerialization serialization = OperatorClient.serialization();

    ReadingTest() {
        serialization.registerKubernetesResource(BuildWorker.class);
        serialization.registerKubernetesResource(BuildJob.class);
    }

    private BuildWorker worker(String agent) {
        return serialization.unmarshal(workerJson(agent), BuildWorker.class);
    }

    private static String workerJson(String agent) {
        return """
            {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildWorker",
             "metadata": {"name": "w", "uid": "u", "labels": {"a": "b"}}, "spec": {"hostArch": "i586"},
             "status": {"agent": {"hostArch": "x86_64", %s}}}\
            """.formatted(agent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"cpu\": {\"threads\": 99999999999, \"cores\": 4}` | status.agent.cpu.threads: 99999999999 cannot be"
                        + " read",
                "\"speedIndex\": {\"single\": 2147483648, \"all\": 1} | status.agent.speedIndex.single: 2147483648"
                        + " cannot be read",
                "`\"load\": {\"pressure\": {\"cpu\": -99999999999}}` | status.agent.load.pressure.cpu: -99999999999"
                        + " cannot be read",
                "`\"observedTime\": \"2026-01-01T00:00:00+23:59\"` | status.agent.observedTime:"
                        + " \"2026-01-01T00:00:00+23:59\" cannot be read",
                "`\"observedTime\": \"2026-01-01T00:00:00x5Z\"` | status.agent.observedTime:"
                        + " \"2026-01-01T00:00:00x5Z\" cannot be read",
                "`\"observedTime\": \"2026-02-30T00:00:00Z\"` | status.agent.observedTime: \"2026-02-30T00:00:00Z\""
                        + " cannot be read",
                "`\"memory\": {\"total\": \"9e99999999999\"}` | status.agent.memory.total: \"9e99999999999\" cannot be"
                        + " read",
                "`\"memory\": {\"total\": \"1e-4000000\"}` | status.agent.memory.total: \"1e-4000000\" cannot be read",
                "`\"memory\": {\"total\": true}` | status.agent.memory.total: true cannot be read",
                "`\"disk\": {\"freeInodes\": 99999999999999999999}` | status.agent.disk.freeInodes:"
                        + " 99999999999999999999 cannot be read",
                "`\"targets\": [{\"arch\": \"i586\", \"mode\": \"Compat\"}, {\"arch\": \"x\", \"mode\": \"Guessed\"}]`"
                        + " | status.agent.targets[1].mode: \"Guessed\" cannot be read",
            })
    void aValueThatCannotBeReadIsLeftOutAndNamed(String agent, String problem) {
        var worker = worker(agent);
        assertThat(Unreadable.of(worker)).containsExactly(problem);
        assertThat(worker.getMetadata().getLabels()).containsEntry("a", "b");
        assertThat(worker.getSpec().hostArch()).isEqualTo("i586");
        assertThat(worker.getStatus().agent().hostArch()).isEqualTo("x86_64");
    }

    @Test
    void whatCanBeReadBesideItIsKept() {
        var facts = worker("\"cpu\": {\"threads\": 99999999999, \"cores\": 4}, \"isolation\": [\"Magic\", \"KVM\"]")
                .getStatus()
                .agent();
        assertThat(facts.cpu().threads()).isNull();
        assertThat(facts.cpu().cores()).isEqualTo(4);
        assertThat(facts.isolation()).hasSize(1);
    }

    @Test
    void aReadableObjectHasNoMark() {
        assertThat(Unreadable.of(worker("\"cpu\": {\"threads\": 4}"))).isEmpty();
    }

    /** The API server sends no such field, and whoever writes one marks nothing. */
    @Test
    void nobodyElseSetsTheMark() {
        var forged = serialization.unmarshal("""
            {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildWorker",
             "metadata": {"name": "w", "unreadable": [{"x": 1}]}}\
            """, BuildWorker.class);
        assertThat(Unreadable.of(forged)).isEmpty();
    }

    @Test
    void theMarkIsNotWrittenWhereItIsForgotten() {
        var worker = worker("\"cpu\": {\"threads\": 99999999999}");
        assertThat(Unreadable.of(worker)).isNotEmpty();
        worker.setMetadata(Unreadable.forget(worker.getMetadata()));
        assertThat(serialization.asJson(worker)).doesNotContain("unreadable", "cannot be read");
    }

    @Test
    void oneInAListAndInAWatchStopsNoOther() {
        var bad = workerJson("\"cpu\": {\"threads\": 99999999999}");
        var good = workerJson("\"cpu\": {\"threads\": 4}");
        var list = serialization.unmarshal(
                "{\"kind\": \"BuildWorkerList\", \"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [" + bad + ","
                        + good + "]}",
                new TypeReference<DefaultKubernetesResourceList<BuildWorker>>() {});
        assertThat(list.getItems()).extracting(w -> Unreadable.of(w).size()).containsExactly(1, 0);
        var event = serialization.unmarshal("{\"type\": \"ADDED\", \"object\": " + bad + "}", WatchEvent.class);
        var object = event.getObject();
        assertThat(object).isInstanceOf(BuildWorker.class);
        assertThat(Unreadable.of((HasMetadata) object)).hasSize(1);
    }

    @Test
    void whatAnOlderOperatorDoesNotKnowIsNamed() {
        var job = serialization.unmarshal("""
            {"apiVersion": "smartdispatcher.dev/v1alpha1", "kind": "BuildJob", "metadata": {"name": "j"},
             "spec": {"targetArch": "x86_64", "environment": "e", "expense": "Immense"},
             "status": {"attempts": [{"number": 1, "worker": "w", "pod": "p", "outcome": "Succeeded"},
               {"number": 2, "worker": "w", "pod": "p", "outcome": "FromTheFuture"}]}}\
            """, BuildJob.class);
        assertThat(Unreadable.of(job))
                .containsExactlyInAnyOrder(
                        "spec.expense: \"Immense\" cannot be read",
                        "status.attempts[1].outcome: \"FromTheFuture\" cannot be read");
        assertThat(Unreadable.of(job, "spec")).hasSize(1);
        assertThat(Unreadable.of(job, "status.attempts", "status.allocation")).hasSize(1);
        assertThat(Unreadable.of(job, "status.waiting")).isEmpty();
        assertThat(job.getStatus().attempts()).extracting(a -> a.outcome()).containsExactly(Reason.Succeeded);
    }

    @Test
    void aWrongShapeIsLeftOutWhole() {
        var job = serialization.unmarshal(
                "{\"apiVersion\": \"smartdispatcher.dev/v1alpha1\", \"kind\": \"BuildJob\", \"metadata\": {\"name\":"
                        + " \"j\"}, \"spec\": 7, \"status\": [1]}",
                BuildJob.class);
        assertThat(job.getMetadata().getName()).isEqualTo("j");
        assertThat(Unreadable.of(job, "spec")).hasSize(1);
        assertThat(Unreadable.of(job, "status")).hasSize(1);
    }

    /** A null where a list holds texts, which Java's lists refuse. */
    @Test
    void anItemThatIsNothingIsTold() {
        var job = serialization.unmarshal(
                "{\"apiVersion\": \"smartdispatcher.dev/v1alpha1\", \"kind\": \"BuildJob\", \"metadata\": {\"name\":"
                        + " \"j\"}, \"spec\": {\"targetArch\": \"x86_64\", \"args\": [null]}}",
                BuildJob.class);
        assertThat(Unreadable.of(job, "spec")).isNotEmpty();
    }

    @Test
    void tooMuchThatCannotBeReadLeavesTheMetadata() {
        var flags = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            flags.append(i == 0 ? "" : ",")
                    .append("{\"arch\": \"i586\", \"mode\": \"M")
                    .append(i)
                    .append("\"}");
        }
        var worker = worker("\"targets\": [" + flags + "]");
        assertThat(worker.getMetadata().getLabels()).containsEntry("a", "b");
        assertThat(worker.getStatus()).isNull();
        assertThat(Unreadable.of(worker, "status.agent")).isNotEmpty();
        assertThat(Unreadable.of(worker, "spec")).isNotEmpty();
    }

    @Test
    void environmentsPoliciesAndNodesToo() {
        var environment = serialization.unmarshal(
                "{\"metadata\": {\"name\": \"e\"}, \"spec\": {\"image\": \"i\", \"rules\": [{\"name\": \"r\","
                        + " \"when\": {\"modes\": [\"Odd\"]}}]}}",
                BuildEnvironment.class);
        assertThat(Unreadable.of(environment, "spec")).hasSize(1);
        var policy = serialization.unmarshal(
                "{\"metadata\": {\"name\": \"default\"}, \"spec\": {\"usageHalfLifeSeconds\": 99999999999,"
                        + " \"defaults\": {\"memory\": {\"base\": \"1e-4000000\"}}}}",
                DispatchPolicy.class);
        assertThat(Unreadable.of(policy, "spec"))
                .containsExactlyInAnyOrder(
                        "spec.usageHalfLifeSeconds: 99999999999 cannot be read",
                        "spec.defaults.memory.base: \"1e-4000000\" cannot be read");
        var node = serialization.unmarshal(
                "{\"metadata\": {\"name\": \"n\"}, \"status\": {\"allocatable\": {\"memory\": \"9e99999999999\","
                        + " \"cpu\": \"4\"}}}",
                Node.class);
        assertThat(Unreadable.of(node)).containsExactly("status.allocatable.memory: \"9e99999999999\" cannot be read");
        assertThat(node.getStatus().getAllocatable()).containsOnlyKeys("cpu").containsValue(new Quantity("4"));
    }
}
