package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.MemoryBasis;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What builds needed is written into profiles, and the next ones get it. */
@ExtendWith(HarnessExtension.class)
class ProfileTest {
    private static final long MI = 1L << 20;
    private static final String ZLIB =
            "package: zlib\nresources: {memory: {base: 256Mi, perProcess: 0}, disk: {size: 1Gi}}";

    private final Harness farm;

    ProfileTest(Harness farm) {
        this.farm = farm;
    }

    @Test
    void aBuildThatRunsOutOfMemoryRaisesWhatTheNextOneGets() {
        farm.worker("w", 4);
        farm.withOperator();
        runsOutOfMemory("first");
        var learned = untilProfile(status -> status.memory() != null).getStatus();
        assertThat(learned.packageName()).isEqualTo("zlib");
        assertThat(learned.hostArch()).isEqualTo("x86_64");
        assertThat(learned.recent()).singleElement().asString().contains(" oom w");

        farm.job("second", ZLIB);
        farm.pod("second", 1);
        var allocation = farm.status("second").allocation();
        assertThat(Quantities.bytes(allocation.memory())).isBetween(491 * MI, 600 * MI);
        assertThat(allocation.basis()).isEqualTo(MemoryBasis.Profile);
        await().until(() -> farm.client().v1().events().inNamespace(farm.namespace()).list().getItems().stream()
                .anyMatch(event -> event.getReason().equals(Reason.EnvelopeRaised.name())
                        && event.getInvolvedObject().getName().equals("second")
                        && event.getMessage().contains("256Mi")));

        farm.job("other", ZLIB.replace("zlib", "xz"));
        farm.pod("other", 1);
        assertThat(farm.status("other").allocation().memory().toString()).isEqualTo("256Mi");
        assertThat(farm.status("other").allocation().basis()).isEqualTo(MemoryBasis.Declared);
    }

    @Test
    void whoDeletesAProfileMakesTheDispatcherLearnAnew() {
        farm.worker("w", 4);
        farm.withOperator();
        runsOutOfMemory("first");
        var profile = resource(untilProfile(status -> status.memory() != null));
        profile.delete();
        await().until(() -> profile.get() == null);
        await().untilAsserted(() -> {
            var name = "after-" + System.nanoTime();
            farm.job(name, ZLIB);
            farm.pod(name, 1);
            assertThat(farm.status(name).allocation().memory().toString()).isEqualTo("256Mi");
        });
    }

    @Test
    void aConflictLosesNoRun() {
        farm.worker("w", 4);
        farm.withOperator();
        farm.faults().failNext(r -> r.is(Verb.UPDATE, "buildprofiles"), 409);
        succeeds("one");
        succeeds("two");
        var learned = untilProfile(status -> status.recent().size() == 2).getStatus();
        assertThat(learned.runs()).isEqualTo(2);
        assertThat(Quantities.bytes(learned.memory().base())
                        + Quantities.bytes(learned.memory().perProcess()))
                .isBetween(100 * MI, 102 * MI);
        assertThat(learned.memory().runs()).isEqualTo(2);
    }

    @Test
    void aRestartedOperatorFindsWhatWasNotWrittenInTheJobs() {
        farm.worker("w", 4);
        farm.withOperator();
        succeeds("one");
        var profile = untilProfile(status -> status.runs() == 1);
        farm.operatorEnds();
        resource(profile).delete();
        farm.withOperator();
        assertThat(untilProfile(status -> status.runs() != null).getStatus().recent())
                .isEqualTo(profile.getStatus().recent());
    }

    @Test
    void aJobThatNamesNoPackageTeachesNothingAndThePolicyMayWantNothingLearned() {
        farm.policy("{profiles: Off}");
        farm.worker("w", 4);
        farm.withOperator();
        succeeds("one");
        farm.job("nameless");
        var pod = farm.pod("nameless", 1);
        farm.kubelet().running(pod);
        farm.kubelet().ended(pod, 0);
        farm.until("nameless", BuildJobStatus::finished);
        assertThat(farm.writes()).noneMatch(w -> w.resource().equals("buildprofiles"));
    }

    private void succeeds(String job) {
        farm.job(job, ZLIB);
        var pod = farm.pod(job, 1);
        farm.kubelet().running(pod);
        farm.until(job, s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet()
                .ended(
                        pod,
                        0,
                        "Completed",
                        "{\\\"exitCode\\\":0,\\\"memoryPeakBytes\\\":" + 100 * MI + ",\\\"cpuSeconds\\\":20}");
        farm.until(job, BuildJobStatus::finished);
    }

    private void runsOutOfMemory(String job) {
        farm.job(job, ZLIB);
        var pod = farm.pod(job, 1);
        farm.kubelet().running(pod);
        farm.until(job, s -> s.holds(BuildJobStatus.RUNNING));
        farm.kubelet().ended(pod, 137, "OOMKilled", "{\\\"exitCode\\\":137,\\\"oomKills\\\":1}");
        farm.until(job, s -> s.attempts().get(0).outcome() == Reason.OutOfMemory);
    }

    private BuildProfile untilProfile(Predicate<BuildProfileStatus> condition) {
        return await("profile")
                .until(
                        () ->
                                farm
                                        .client()
                                        .resources(BuildProfile.class)
                                        .inNamespace(farm.namespace())
                                        .list()
                                        .getItems()
                                        .stream()
                                        .filter(profile ->
                                                profile.getStatus() != null && condition.test(profile.getStatus()))
                                        .findFirst()
                                        .orElse(null),
                        profile -> profile != null);
    }

    private Resource<BuildProfile> resource(BuildProfile profile) {
        return farm.client()
                .resources(BuildProfile.class)
                .inNamespace(farm.namespace())
                .withName(profile.getMetadata().getName());
    }
}
