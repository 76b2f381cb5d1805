package dev.smartdispatcher.e2e.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands tell of jobs: get, why and wait. */
@ExtendWith(HarnessExtension.class)
class QueueTest {
    private final Harness farm;
    private final Terminal terminal;

    QueueTest(Harness farm, @TempDir Path directory) {
        this.farm = farm;
        terminal = Terminal.of(farm.client(), directory);
    }

    @Test
    void getShowsTheQueueInItsOrder() {
        farm.worker("node-7", 1);
        farm.withOperator().job("runs");
        farm.kubelet().running(farm.pod("runs", 1));
        farm.until("runs", s -> s.holds(BuildJobStatus.RUNNING));
        farm.job("first");
        farm.until("first", s -> s.waiting() != null);
        farm.job("second", "priority: -5");
        farm.until("second", s -> s.waiting() != null && s.waiting().position() == 2);

        var table = terminal.type("get");
        assertThat(table.err()).isEmpty();
        assertThat(table.out().lines().map(line -> line.split(" +")[0]))
                .containsExactly("NAME", "runs", "first", "second");
        assertThat(table.out().lines().toList().get(1))
                .matches("runs +x86_64 +Running +- +- +node-7 +1 +[0-9]+s +[0-9]+s");
        assertThat(table.out().lines().toList().get(3)).matches("second +x86_64 +Waiting +NoRoom +2 +- +- +- +[0-9]+s");
        assertThat(terminal.type("get -o wide second").out()).contains("0/1 workers: 1 NoRoom (needs 1 CPU");
        assertThat(terminal.type("get -A").out()).startsWith("NAMESPACE").contains(farm.namespace());
        assertThat(terminal.type("get -o name").out().lines()).contains("buildjob/runs");
    }

    @Test
    void getPrintsObjectsForOtherPrograms() {
        farm.job("one");
        farm.job("two");
        var list = Serialization.unmarshal(typedOut("get -o json"), JsonNode.class);
        assertThat(list.path("kind").asText()).isEqualTo("List");
        assertThat(list.path("items")).hasSize(2);
        var one = Serialization.unmarshal(typedOut("get one -o yaml"), JsonNode.class);
        assertThat(one.at("/metadata/name").asText()).isEqualTo("one");
        assertThat(one.at("/spec/environment").asText()).isEqualTo("debian");
        assertThat(list.path("items").get(0)).isEqualTo(one);
    }

    private String typedOut(String line) {
        var typed = terminal.type(line);
        assertThat(typed.status()).as(typed.err()).isZero();
        return typed.out();
    }

    @Test
    void whySaysWhatKeepsAJobAndWhatWouldHelp() {
        farm.worker("node-3", 4);
        farm.worker("node-4", 2);
        farm.withOperator().job("large", "resources: {memory: {base: 100Gi}}");
        farm.until("large", s -> s.waiting() != null);
        var why = terminal.type("why large");
        assertThat(why.status()).isZero();
        assertThat(why.out().lines().toList())
                .contains("WORKERS  REASON           DETAIL")
                .anyMatch(line -> line.matches("2 +TooLittleMemory  needs 100.* memory.*; nearest: node-.* has .*"))
                .contains("What would help:")
                .contains("Number 1 of the waiting jobs of " + farm.namespace() + ".")
                .anyMatch(line -> line.contains("TooLittleMemory: less resources.memory"));
        var json = Serialization.unmarshal(terminal.type("why large -o json").out(), JsonNode.class);
        assertThat(json.path("reason").asText()).isEqualTo("NoWorkerFits");
        assertThat(json.at("/workers/0/workers").asInt()).isEqualTo(2);
    }

    @Test
    void whyTellsHowABuildFailed() {
        farm.worker("node-3", 4);
        farm.withOperator().job("broken", "retry: {onFailure: 1}");
        farm.kubelet().ended(farm.pod("broken", 1), 3);
        farm.kubelet().ended(farm.pod("broken", 2), 3);
        farm.until("broken", BuildJobStatus::finished);
        var job = farm.jobs(farm.namespace()).get(0);
        // As other writers make them.
        farm.client()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName("without-times")
                        .withNamespace(farm.namespace())
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("BuildJob")
                        .withNamespace(farm.namespace())
                        .withName("broken")
                        .withUid(job.getMetadata().getUid())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("Somebody")
                        .withMessage("says something")
                        .build())
                .create();
        var why = terminal.type("why broken");
        assertThat(why.out())
                .contains("Failed, BuildFailed")
                .contains("attempt 1 on node-3: BuildFailed")
                .contains("BuildFailed: the log: kubectl smart-build logs")
                .contains("Somebody: says something");
    }

    @Test
    void waitEndsWithEitherEnd() {
        farm.worker("node-3", 4);
        farm.withOperator().job("good");
        farm.job("bad");
        var both = terminal.start("wait good bad");
        var good = terminal.start("wait good");
        farm.kubelet().ended(farm.pod("good", 1), 0);
        farm.kubelet().ended(farm.pod("bad", 1), 2);
        assertThat(good.typed().status()).isZero();
        assertThat(good.typed().out()).startsWith("good: Complete, node-3");
        assertThat(both.typed().status()).isEqualTo(1);
        assertThat(both.typed().out()).contains("bad: Failed, BuildFailed");
    }

    @Test
    void waitTellsATimeOutFromAJobThatIsGone() {
        farm.job("stays");
        assertThat(terminal.type("wait stays --timeout 1s").status()).isEqualTo(124);
        var gone = terminal.start("wait stays");
        await().until(() -> gone.said().contains("waiting for the end of stays: Pending"));
        farm.client().resource(farm.jobs(farm.namespace()).get(0)).delete();
        await().untilAsserted(() -> assertThat(gone.end()).isDone());
        assertThat(gone.typed().status()).isEqualTo(125);
        assertThat(gone.typed().err()).contains("stays was deleted");
        assertThat(terminal.type("wait stays").status()).isEqualTo(125);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "why zlib-armv7l-71 | 1 | no job 'zlib-armv7l-71' in namespace NS; did you mean 'zlib-armv7l-17'?",
                "why zlib | 1 | no job 'zlib' in namespace NS; did you mean 'zlib-armv7l-17'?",
                "why something-else | 1 | no job 'something-else' in namespace NS",
                "why zlib -n elsewhere | 1 | no job 'zlib' in namespace elsewhere",
                "get --context nowhere | 1 | no context 'nowhere' in the kubeconfig",
                "get --context fram | 1 | no context 'fram' in the kubeconfig; did you mean 'farm'?",
                "why | 2 | Missing required parameter: 'JOB'",
                "wait x --timeout soon | 2 | 'soon' is not a length of time such as 90m, 1h30m or 2d",
                "get -A some | 2 | -A is for all jobs: name none"
            })
    void mistakesAreToldInWords(String line, int status, String message) {
        farm.job("zlib-armv7l-17");
        var typed = terminal.type(line);
        assertThat(typed.status()).isEqualTo(status);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines().toList().get(0)).contains(message.replace("NS", farm.namespace()));
    }

    @Test
    void aNameOfFullLengthAndManyJobsAreNoProblem() {
        var longest = "a".repeat(52);
        farm.job(longest);
        List.of("b", "c", "d").forEach(farm::job);
        assertThat(terminal.type("get").out().lines()).hasSize(5).anyMatch(line -> line.startsWith(longest + "  "));
    }
}
