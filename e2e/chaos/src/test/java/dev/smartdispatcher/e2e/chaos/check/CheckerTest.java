package dev.smartdispatcher.e2e.chaos.check;

import static dev.smartdispatcher.e2e.chaos.check.FarmHistory.MAP;
import static dev.smartdispatcher.e2e.chaos.check.FarmHistory.podName;
import static dev.smartdispatcher.e2e.chaos.check.FarmHistory.podUid;
import static dev.smartdispatcher.e2e.chaos.check.FarmHistory.status;
import static dev.smartdispatcher.e2e.chaos.check.FarmHistory.uid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.chaos.history.Act;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sound history passes; each that breaks one rule is found out, by that rule. */
class CheckerTest {
    private static final String JOB = "team/aa";

    /** A history that breaks a rule. */
    private record Broken(String what, String rule, Consumer<FarmHistory> how) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** Job {@code aa} runs as its first attempt on w-1. */
    private static FarmHistory running() {
        return new FarmHistory()
                .job("aa")
                .record("aa", 1, "w-1")
                .pod("aa", 1, "w-1")
                .running("aa", 1);
    }

    private static FarmHistory complete(FarmHistory history, String job, int attempt) {
        return history.exited(job, attempt, 0, "Completed").ended(job, "Succeeded", 0, "Complete");
    }

    @Test
    void soundHistoryPasses() {
        var history = complete(running(), "aa", 1);
        history.job("bb").record("bb", 1, "w-1").pod("bb", 1, "w-1").running("bb", 1);
        history.exited("bb", 1, 137, "OOMKilled").ended("bb", "OutOfMemory", 137, "");
        history.record("bb", 2, "w-2").pod("bb", 2, "w-2").running("bb", 2);
        complete(history, "bb", 2);
        history.job("cc").record("cc", 1, "w-2").pod("cc", 1, "w-2").running("cc", 1);
        history.exited("cc", 1, 2, "Error").ended("cc", "BuildFailed", 2, "Failed");
        history.act(Act.Kind.Quiet, "").act(Act.Kind.CleanUp, "");
        for (var pod : new String[] {podName("aa", 1), podName("bb", 1), podName("bb", 2), podName("cc", 1)}) {
            history.gone("pods", "team/" + pod);
        }
        Stream.of("aa", "bb", "cc").forEach(job -> history.gone("buildjobs", "team/" + job));
        var verdict = history.verdict();
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.counts()).containsEntry("jobs complete", 2L).containsEntry("jobs failed", 1L);
    }

    @Test
    void whatAnAdministratorDeclaresDeadMayBeRunAgain() {
        var forced = running()
                .act(Act.Kind.ForceDeletePod, podUid("aa", 1))
                .gone("pods", "team/" + podName("aa", 1))
                .ended("aa", "WorkerLost", -1, "")
                .record("aa", 2, "w-2")
                .pod("aa", 2, "w-2")
                .running("aa", 2);
        assertThat(complete(forced, "aa", 2).verdict().violations()).isEmpty();
        var lost = running()
                .act(Act.Kind.DeclareDead, "w-1")
                .gone("nodes", "w-1")
                .ended("aa", "WorkerLost", -1, "")
                .record("aa", 2, "w-2")
                .pod("aa", 2, "w-2")
                .running("aa", 2);
        assertThat(complete(lost, "aa", 2).verdict().violations()).isEmpty();
    }

    @Test
    void pauseIsMeasuredFromTheLeadersEndToTheNextAllocation() {
        var history = running()
                .job("bb")
                .act(Act.Kind.Kill, "operator-1", "leader")
                .wait(17)
                .record("bb", 1, "w-1");
        assertThat(history.verdict().pauses().get("Kill")).containsExactly(19_000L);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenHistoryIsFoundOut(Broken broken) {
        var history = running();
        broken.how().accept(history);
        assertThat(history.verdict().byRule()).as(broken.what()).containsKey(broken.rule());
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken("a pod beyond the CPU of its worker", "1 no overcommit", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .job("cc")
                        .record("cc", 1, "w-1")
                        .pod("bb", 1, "w-1")
                        .pod("cc", 1, "w-1")),
                new Broken("a record beyond a room that was long known to be taken", "1 no overcommit", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .pod("bb", 1, "w-1")
                        .wait(100)
                        .job("cc")
                        .record("cc", 1, "w-1")),
                new Broken("a pod under limits that were long since lowered", "1 no overcommit", h -> h.edit(
                                "buildworkers", "w-1", w -> w.withObject("/spec/limits")
                                        .put("jobs", 1))
                        .wait(100)
                        .job("bb")
                        .record("bb", 1, "w-1")
                        .pod("bb", 1, "w-1")),
                new Broken("room of a deleted job that is given away while its pod runs", "1 no overcommit", h -> h.job(
                                "bb")
                        .record("bb", 1, "w-1")
                        .pod("bb", 1, "w-1")
                        .act(Act.Kind.DeleteJob, uid("aa"))
                        .gone("buildjobs", JOB)
                        .wait(100)
                        .job("cc")
                        .record("cc", 1, "w-1")
                        .pod("cc", 1, "w-1")),
                new Broken("a second pod beside one that may run", "2 one live attempt", h -> h.ended(
                                "aa", "WorkerLost", -1, "")
                        .record("aa", 2, "w-2")
                        .pod("aa", 2, "w-2")),
                new Broken("a second container, whatever the pods show", "2 one live attempt", h -> h.exited(
                                "aa", 1, 137, "Error")
                        .act(Act.Kind.ContainerStarted, uid("aa"), podUid("aa", 1))
                        .act(Act.Kind.ContainerStarted, uid("aa"), podUid("aa", 2))),
                new Broken("a further attempt while the pod may run", "2 one live attempt", h -> h.ended(
                                "aa", "WorkerLost", -1, "")
                        .record("aa", 2, "w-2")),
                new Broken("a job that disappears", "3 nothing lost", h -> complete(h, "aa", 1)
                        .gone("buildjobs", JOB)),
                new Broken("a job that never ends", "3 nothing lost", h -> h.act(Act.Kind.Quiet, "")
                        .act(Act.Kind.CleanUp, "")),
                new Broken("an end that is taken back", "3 nothing lost", h -> complete(h, "aa", 1)
                        .edit("buildjobs", JOB, job -> status(job).remove("conditions"))),
                new Broken("an outcome that changes", "3 nothing lost", h -> complete(h, "aa", 1)
                        .ended("aa", "BuildFailed", 1, "")),
                new Broken("a pod before its record", "4 record before act", h -> h.job("bb")
                        .pod("bb", 1, "w-2")),
                new Broken("a pod that comes after its attempt was taken back", "4 record before act", h -> h.job("bb")
                        .record("bb", 1, "w-2")
                        .edit("buildjobs", "team/bb", job -> status(job).remove("attempts"))
                        .pod("bb", 1, "w-2")),
                new Broken("a pod on another worker than recorded", "4 record before act", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .pod("bb", 1, "w-2")),
                new Broken("a pod with more than recorded", "4 record before act", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("buildjobs", "team/bb", job -> job.withObject("/status/allocation")
                                .put("memory", "512Mi"))
                        .pod("bb", 1, "w-1")),
                new Broken("two pods of an attempt that had started", "4 record before act", h -> h.edit(
                                "buildjobs", JOB, job -> job.withObject("/status/attempts/0")
                                        .put("startTime", "now"))
                        .act(Act.Kind.ForceDeletePod, podUid("aa", 1))
                        .gone("pods", "team/" + podName("aa", 1))
                        .pod("aa", 1, "w-1")),
                new Broken("a pod that is named otherwise", "4 record before act", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("buildjobs", "team/bb", job -> job.withObject("/status/attempts/0")
                                .put("pod", "bb-1"))
                        .pod("bb", 1, "w-1")),
                new Broken(
                        "an attempt that is taken back under its pod",
                        "4 record before act",
                        h -> h.edit("buildjobs", JOB, job -> status(job).remove("attempts"))),
                new Broken(
                        "a finalizer",
                        "4 record before act",
                        h -> h.edit("buildjobs", JOB, job -> job.withObject("/metadata")
                                .putArray("finalizers")
                                .add("x/y"))),
                new Broken(
                        "an allocation on a worker that is drained",
                        "5 a drained worker starts nothing",
                        h -> drain(h).wait(100).job("bb").record("bb", 1, "w-1")),
                new Broken(
                        "a pod on a worker that is said to be Drained", "5 a drained worker starts nothing", h -> drain(
                                        h.job("bb").record("bb", 1, "w-1"))
                                .edit("buildworkers", "w-1", w -> status(w)
                                        .withArray("conditions")
                                        .addObject()
                                        .put("type", "Drained")
                                        .put("status", "True"))
                                .pod("bb", 1, "w-1")),
                new Broken(
                        "a build that is deleted",
                        "5 a drain loses no build",
                        h -> h.edit("pods", "team/" + podName("aa", 1), pod -> pod.withObject("/metadata")
                                .put("deletionTimestamp", "2026-01-01T00:00:00Z"))),
                new Broken(
                        "a build that disappears",
                        "5 a drain loses no build",
                        h -> h.gone("pods", "team/" + podName("aa", 1))),
                new Broken(
                        "an eviction",
                        "5 a drain loses no build",
                        h -> h.edit("pods", "team/" + podName("aa", 1), pod -> status(pod)
                                .withArray("conditions")
                                .addObject()
                                .put("type", "DisruptionTarget")
                                .put("reason", "EvictionByEvictionAPI"))),
                new Broken("lists of another mode", "6 lists follow the worker", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("buildjobs", "team/bb", job -> {
                            job.withObject("/spec").put("targetArch", "armv7l");
                            job.withObject("/status/allocation").put("mode", "Cross");
                        })
                        .pod("bb", 1, "w-1")),
                new Broken("lists that are edited", "6 lists follow the worker", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("configmaps", "team/" + MAP, map -> map.withObject("/data")
                                .put("install", "gcc\n"))
                        .pod("bb", 1, "w-1")),
                new Broken("lists that are not mounted", "6 lists follow the worker", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("buildjobs", "team/bb", job -> job.withObject("/status/packages")
                                .put("configMap", "lists-ba9876543210"))
                        .pod("bb", 1, "w-1")),
                new Broken("another architecture than the worker's", "6 lists follow the worker", h -> h.job("bb")
                        .record("bb", 1, "w-1")
                        .edit("buildjobs", "team/bb", job -> job.withObject("/status/allocation")
                                .put("hostArch", "aarch64"))
                        .pod("bb", 1, "w-1")),
                new Broken(
                        "an agent that writes another's worker",
                        "9 an agent writes only its own worker",
                        h -> h.edit("buildworkers", "w-1", w -> w.withObject("/status/agent/local")
                                .put("chaos-writer", "w-2"))),
                new Broken("a success that is thrown away", "true outcomes", h -> h.exited("aa", 1, 0, "Completed")
                        .ended("aa", "WorkerLost", -1, "")),
                new Broken("a success that nobody notices", "true outcomes", h -> h.exited("aa", 1, 0, "Completed")
                        .wait(100)
                        .job("bb")),
                new Broken("a success that was none", "true outcomes", h -> h.exited("aa", 1, 2, "Error")
                        .ended("aa", "Succeeded", 0, "Complete")),
                new Broken("another exit code", "true outcomes", h -> h.exited("aa", 1, 2, "Error")
                        .ended("aa", "BuildFailed", 3, "Failed")),
                new Broken(
                        "an out-of-memory kill that is lost", "true outcomes", h -> h.exited("aa", 1, 137, "OOMKilled")
                                .ended("aa", "BuildFailed", 137, "Failed")),
                new Broken("an end while the build may run", "true outcomes", h -> h.ended("aa", "WorkerLost", -1, "")),
                new Broken("a failure with a retry left", "true outcomes", h -> h.exited("aa", 1, 137, "OOMKilled")
                        .ended("aa", "OutOfMemory", 137, "Failed")),
                new Broken("a cancellation that nobody asked for", "true outcomes", h -> h.exited("aa", 1, 143, "Error")
                        .ended("aa", "Cancelled", 143, "Failed")),
                new Broken("a quota that there is not", "true reasons", h -> h.job("bb")
                        .edit("buildjobs", "team/bb", job -> status(job)
                                .withObject("/waiting")
                                .put("reason", "QuotaExceeded")
                                .put("message", "exceeded quota"))),
                new Broken("a quota in the words of an outage", "true reasons", h -> h.put(
                                "resourcequotas", "team/few", "{}")
                        .job("bb")
                        .edit("buildjobs", "team/bb", job -> status(job)
                                .withObject("/waiting")
                                .put("reason", "QuotaExceeded")
                                .put("message", "503 Service Unavailable"))),
                new Broken("no room beside an idle worker", "true reasons", h -> h.wait(100)
                        .job("bb")),
                new Broken("a right that is not missing", "true reasons", h -> h.job("bb")
                        .edit("buildjobs", "team/bb", job -> status(job)
                                .withObject("/waiting")
                                .put("reason", "NotAuthorized")
                                .put("message", "403"))),
                new Broken("a pod that is left", "no leaks", h -> complete(h, "aa", 1)
                        .act(Act.Kind.CleanUp, "")
                        .gone("buildjobs", JOB)),
                new Broken("room that is not given back", "no leaks", h -> complete(h, "aa", 1)
                        .act(Act.Kind.CleanUp, "")
                        .gone("pods", "team/" + podName("aa", 1))
                        .gone("buildjobs", JOB)
                        .edit("buildworkers", "w-1", w -> w.withObject("/status/allocation")
                                .put("jobs", 1))),
                new Broken("a second lock", "no leaks", h -> complete(h, "aa", 1)
                        .act(Act.Kind.CleanUp, "")
                        .put("leases", "smart-dispatcher/other", "{}")));
    }

    private static FarmHistory drain(FarmHistory history) {
        return history.edit("buildworkers", "w-1", w -> w.withObject("/metadata/annotations")
                .put("smartdispatcher.dev/drain", "update"));
    }
}
