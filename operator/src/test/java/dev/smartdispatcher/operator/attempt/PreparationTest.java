package dev.smartdispatcher.operator.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Allocation;
import dev.smartdispatcher.api.job.status.InstalledPackages;
import dev.smartdispatcher.api.job.status.InstalledPackages.CacheUse;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that are installed, or are not, before the build: in an init container, or in the build's before its command. */
class PreparationTest {
    private static final Allocation ALLOCATION = new Allocation(
            "w", "x86_64", Mode.Native, 4, new Quantity("4"), new Quantity("512Mi"), new Quantity("1Gi"));
    private static final String DIGEST = "sha256:" + "0a".repeat(32);
    private static final String INSTALLED = "{\\\"installed\\\":97,\\\"digest\\\":\\\"" + DIGEST
            + "\\\",\\\"cache\\\":\\\"hit\\\",\\\"seconds\\\":3.5}";
    private static final String PROBLEM =
            "{\\\"problem\\\":\\\"bash: its scriptlet %post failed with exit status 1\\\"}";
    private static final String WAITS = "{waiting: {reason: PodInitializing}}";
    private static final String RUNS = "{running: {startedAt: '2026-01-01T12:00:01Z'}}";

    private static String report(int exitCode, String more) {
        return "{\"exitCode\":" + exitCode + ",\"results\":\"none\"" + more + "}";
    }

    private static Pod pod(String prepare, String build) {
        return pod("", prepare, build);
    }

    private static Pod pod(String status, String prepare, String build) {
        return Pods.with("phase: Pending, " + status + "initContainerStatuses: [{name: prepare, state: " + prepare
                + "}], containerStatuses: [{name: build, state: " + build + "}]");
    }

    private static Observation observe(Pod pod) {
        return observe(pod, "2026-01-01T12:00:30Z");
    }

    private static Observation observe(Pod pod, String now) {
        return new AttemptObserver(Clock.fixed(Instant.parse(now), ZoneOffset.UTC)).observe(pod, ALLOCATION);
    }

    private static Observation.Ended ended(Pod pod) {
        assertThat(PodState.ended(pod)).isTrue();
        return (Observation.Ended) observe(pod);
    }

    private static Observation.Ended failed(int exitCode, String reason, String message) {
        return ended(pod(Pods.terminatedState(exitCode, reason, message), WAITS));
    }

    @Test
    void whatFailsThereIsNoBuildThatFailed() {
        var ended = failed(123, "Error", report(123, ",\"lastLines\":\"sorry\",\"install\":\"" + PROBLEM + "\""));
        assertThat(ended.outcome()).isEqualTo(Reason.InstallFailed);
        assertThat(ended.message())
                .isEqualTo("the packages could not be installed: bash: its scriptlet %post failed with exit status 1");
        assertThat(ended.exitCode()).isEmpty();
        assertThat(ended.usage()).as("not the build's").isEmpty();
        assertThat(ended.output().lastLines()).contains("sorry");
        assertThat(ended.installed()).isEmpty();
    }

    /** As a scriptlet does that hangs, be the root prepared or the container's own. */
    @Test
    void whatIsNotDoneByTheDeadlineIsNamed() {
        var late = report(
                124,
                ",\"deadlineExceeded\":true,\"deadlineSeconds\":60,\"install\":"
                        + "\"{\\\"problem\\\":\\\"bash: stopped while installing 5 packages\\\"}\"");
        for (var ended : List.of(failed(124, "Error", late), ended(Pods.terminated(124, "Error", late)))) {
            assertThat(ended.outcome()).isEqualTo(Reason.InstallFailed);
            assertThat(ended.message())
                    .isEqualTo("the packages could not be installed: not done by the deadline of 60 s; bash: stopped"
                            + " while installing 5 packages");
        }
        var built = report(124, ",\"deadlineExceeded\":true,\"install\":\"" + INSTALLED + "\"");
        assertThat(ended(Pods.terminated(124, "Error", built)).outcome()).isEqualTo(Reason.DeadlineExceeded);
    }

    @Test
    void theInstallerInTheBuildsContainerMeansTheSame() {
        var ended = ended(Pods.terminated(123, "Error", report(123, ",\"install\":\"" + PROBLEM + "\"")));
        assertThat(ended.outcome()).isEqualTo(Reason.InstallFailed);
        assertThat(ended.exitCode()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"install\":\"" + "{}" + "\"", ",\"install\":\"not JSON\""})
    void aCommandMayEndWithTheSameExitCode(String install) {
        var ended = ended(Pods.terminated(123, "Error", report(123, install)));
        assertThat(ended.outcome()).isEqualTo(Reason.BuildFailed);
        assertThat(ended.exitCode()).contains(123);
    }

    @Test
    void packagesThatAreInstalledAreRecorded() {
        var packages = new InstalledPackages(97, DIGEST, CacheUse.Hit, 4);
        var own = ended(Pods.terminated(1, "Error", report(1, ",\"install\":\"" + INSTALLED + "\"")));
        assertThat(own.outcome()).isEqualTo(Reason.BuildFailed);
        assertThat(own.installed()).contains(packages);

        var prepared = Pods.terminatedState(
                0, "Completed", report(0, ",\"diskPeakBytes\":1000,\"install\":\"" + INSTALLED + "\""));
        var ended = ended(pod(
                prepared,
                Pods.terminatedState(0, "Completed", report(0, ",\"diskPeakBytes\":234,\"memoryPeakBytes\":7"))));
        assertThat(ended.outcome()).isEqualTo(Reason.Succeeded);
        assertThat(ended.installed()).contains(packages);
        assertThat(ended.usage().orElseThrow().diskPeak()).as("with the root").isEqualTo(new Quantity("1234"));
        assertThat(ended.usage().orElseThrow().memoryPeak()).isEqualTo(new Quantity("7"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\\\"installed\\\":-1,\\\"digest\\\":\\\"sha256:00\\\"}",
                "{\\\"installed\\\":1,\\\"digest\\\":\\\"sha256:00\\\"}",
                "{\\\"installed\\\":99999999999999999999}",
                "{\\\"digest\\\":7}",
                "[]"
            })
    void aReportThatCannotBeIsNone(String install) {
        var ended = ended(Pods.terminated(0, "Completed", report(0, ",\"install\":\"" + install + "\"")));
        assertThat(ended.outcome()).isEqualTo(Reason.Succeeded);
        assertThat(ended.installed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "123 ; Error ; ,\"oomKills\":1,\"install\":\"{\\\"problem\\\":\\\"killed\\\"}\" ; OutOfMemory",
                "137 ; OOMKilled ; ; OutOfMemory",
                "124 ; Error ; ,\"deadlineExceeded\":true ; InstallFailed",
                "1 ; Error ; ; InstallFailed",
                "143 ; Error ; ,\"terminated\":true ; WorkerLost",
            })
    void everyEndHasItsOwnReason(int exitCode, String reason, String more, Reason expected) {
        var ended = failed(exitCode, reason, report(exitCode, more == null ? "" : more));
        assertThat(ended.outcome()).isEqualTo(expected);
        assertThat(ended.message()).contains("packages");
        assertThat(ended.start()).contains(Instant.parse("2026-01-01T12:00:01Z"));
    }

    @Test
    void anImageWithoutAShellIsTheImagesFault() {
        var ended = failed(128, "StartError", "exec: \"/bin/sh\": no such file or directory");
        assertThat(ended.outcome()).isEqualTo(Reason.EntryNotRunnable);
    }

    @Test
    void anAttemptRunsWhileItsRootIsPrepared() {
        assertThat(observe(pod(RUNS, WAITS))).isEqualTo(new Observation.Running(Instant.parse("2026-01-01T12:00:01Z")));
        assertThat(PodState.ended(pod(RUNS, WAITS))).isFalse();
    }

    /** However long the installation took: it was no slow start. */
    @Test
    void betweenTheContainersNothingIsStuck() {
        var pod = pod(Pods.terminatedState(0, "Completed", report(0, "")), WAITS);
        assertThat(observe(pod, "2026-01-01T18:00:00Z")).isInstanceOf(Observation.Running.class);
        assertThat(PodState.ended(pod)).isFalse();
    }

    @Test
    void aBuildsContainerThatCannotBeMadeIsSeen() {
        var pod = pod(
                Pods.terminatedState(0, "Completed", report(0, "")), "{waiting: {reason: CreateContainerConfigError}}");
        assertThat(observe(pod)).isInstanceOf(Observation.Stuck.class);
    }

    @Test
    void anotherInitContainerThatFailsIsNone() {
        var pod = Pods.with("phase: Pending, initContainerStatuses: [{name: mesh, state: "
                + Pods.terminatedState(123, "Error", report(123, "")) + "}], containerStatuses: [{name: build, state: "
                + WAITS + "}]");
        assertThat(observe(pod)).isInstanceOf(Observation.Stuck.class);
        assertThat(PodState.ended(pod)).isFalse();
    }
}
