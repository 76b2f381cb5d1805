package dev.smartdispatcher.e2e.smartbuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do with jobs and workers: run, again, drain, undrain, and what top and history show of it. */
@ExtendWith(HarnessExtension.class)
class SubmitTest {
    private static final String JOB = """
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {%s}
            spec: {package: zlib, targetArch: x86_64, environment: debian, args: ["true"]%s}
            """;

    private final Harness farm;
    private final Terminal terminal;
    private final Path file;

    SubmitTest(Harness farm, @TempDir Path directory) {
        this.farm = farm;
        terminal = Terminal.of(farm.client(), directory);
        file = directory.resolve("job.yaml");
        farm.worker("node-7", 2);
    }

    private String file(String metadata, String spec) throws IOException {
        return Files.writeString(file, JOB.formatted(metadata, spec)).toString();
    }

    @Test
    void runFollowsThroughARetryAndExitsAsTheBuildDid() throws IOException {
        farm.withOperator();
        var run = terminal.start("run --follow -f", file("name: zlib", ", retry: {onFailure: 1}"));
        for (int attempt = 1; attempt <= 2; attempt++) {
            var pod = farm.pod("zlib", attempt);
            farm.kubelet().running(pod);
            int number = attempt;
            farm.until(
                    "zlib",
                    s -> s.holds(BuildJobStatus.RUNNING)
                            && s.lastAttempt().orElseThrow().number() == number);
            farm.kubelet().ended(pod, 7);
        }
        var typed = run.typed();
        assertThat(typed.status()).as(typed.err()).isEqualTo(7);
        assertThat(typed.err())
                .contains("buildjob/zlib created", "--- attempt 1 on node-7", "--- attempt 2 ended: BuildFailed")
                .contains("zlib: Failed, BuildFailed");
    }

    @Test
    void runWithoutFollowCreatesAndSaysTheName() throws IOException {
        var typed = terminal.type("run -f", file("generateName: zlib-", ""));
        assertThat(typed.status()).isZero();
        assertThat(typed.out()).matches("buildjob/zlib-[a-z0-9]{5} created\n");
    }

    @Test
    void aJobThatBreaksARuleIsToldWithItsField() throws IOException {
        var typed = terminal.type("run -f", file("name: zlib", ", retry: {onFailure: 100}"));
        assertThat(typed.status()).isEqualTo(125);
        assertThat(typed.err())
                .startsWith("error: ")
                .contains("spec.retry.onFailure")
                .doesNotContain("\tat ");
        assertThat(farm.jobs(farm.namespace())).isEmpty();
    }

    @Test
    void againKeepsTheRecordOfTheFirst() throws IOException {
        farm.withOperator();
        terminal.type("run -f", file("name: zlib, labels: {team: a}", ", retry: {onFailure: 0}"));
        farm.kubelet().ended(farm.pod("zlib", 1), 1);
        farm.until("zlib", BuildJobStatus::finished);
        assertThat(terminal.type("again zlib").out()).isEqualTo("buildjob/zlib-r2 created\n");
        assertThat(terminal.type("again zlib").out()).isEqualTo("buildjob/zlib-r3 created\n");
        assertThat(terminal.type("again zlib --name once-more").status()).isZero();
        farm.kubelet().ended(farm.pod("zlib-r2", 1), 0);
        farm.until("zlib-r2", s -> s.holds(BuildJobStatus.COMPLETE));
        assertThat(farm.status("zlib").holds(BuildJobStatus.FAILED)).isTrue();
        assertThat(terminal.type("get zlib-r2 -o yaml").out()).contains("team: a");
        var history = terminal.type("history zlib");
        assertThat(history.out()).contains("zlib-r2", "Complete", "zlib-r3", "once-more");
        // Written by the operator in its own time.
        await().untilAsserted(() ->
                assertThat(terminal.type("history zlib").out()).contains("x86_64 on x86_64: ", "BuildFailed"));
        assertThat(terminal.type("history unheard-of").err()).contains("no builds of package 'unheard-of'");
    }

    @Test
    void aCancelledJobEndsAndItsRerunDoesNot() {
        farm.withOperator().job("large", "resources: {memory: {base: 100Gi}}");
        farm.until("large", s -> s.waiting() != null);
        assertThat(terminal.type("cancel large").out()).isEqualTo("buildjob/large cancelled\n");
        farm.until("large", BuildJobStatus::finished);
        assertThat(terminal.type("get large").out()).containsPattern("Failed +Cancelled");
        assertThat(terminal.type("cancel large").out()).isEqualTo("buildjob/large has ended already\n");
        assertThat(terminal.type("again large").status()).isZero();
        farm.until("large-r2", s -> s.waiting() != null);
    }

    @Test
    void aDrainIsWaitedForAndTakenBack() {
        farm.withOperator().job("runs");
        var pod = farm.pod("runs", 1);
        farm.kubelet().running(pod);
        farm.until("runs", s -> s.holds(BuildJobStatus.RUNNING));
        farm.untilWorker("node-7", w -> w.getStatus().allocation() != null);

        var drain = terminal.start("drain node-7 --wait --deadline 5h --reason", "kernel update");
        farm.untilWorker(
                "node-7", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("Draining"));
        await().until(() -> drain.said().contains("waiting for " + farm.namespace() + "/runs -j1"));
        var top = terminal.type("top");
        assertThat(top.out().lines().toList().get(1))
                .matches("node-7 +x86_64 +Draining +1/8 +.*/.* +.*/.* +" + farm.namespace() + "/runs -j1 [0-9]+s");
        assertThat(drain.end()).isNotDone();

        farm.kubelet().ended(pod, 0);
        assertThat(drain.typed().status()).isZero();
        assertThat(drain.typed().out()).isEqualTo("node-7 is drained\n");

        assertThat(terminal.type("undrain node-7").status()).isZero();
        var worker = farm.untilWorker(
                "node-7", w -> Farm.reason(w, BuildWorkerStatus.SCHEDULABLE).equals("AcceptingBuilds"));
        assertThat(annotation(worker)).isNull();
        assertThat(terminal.type("undrain node-7").out()).isEqualTo("node-7 is not being drained\n");
    }

    @Test
    void aDrainThatCannotBeIsRefused() {
        assertThat(terminal.type("drain node-8").err()).contains("no worker 'node-8'; did you mean 'node-7'?");
        assertThat(terminal.type("drain node-7 --deadline 2020-01-01T00:00:00Z").status())
                .isEqualTo(2);
        assertThat(terminal.type("drain node-7 --deadline soon").err()).contains("is not a length of time");
        assertThat(annotation(farm.client()
                        .resources(BuildWorker.class)
                        .withName("node-7")
                        .get()))
                .isNull();
        assertThat(terminal.type("drain node-7 --wait --timeout 1s").status()).isEqualTo(124);
        assertThat(annotation(farm.client()
                        .resources(BuildWorker.class)
                        .withName("node-7")
                        .get()))
                .isEqualTo("maintenance");
    }

    private static String annotation(BuildWorker worker) {
        var annotations = worker.getMetadata().getAnnotations();
        return annotations == null ? null : annotations.get(Annotations.DRAIN);
    }
}
