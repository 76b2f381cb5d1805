package dev.smartdispatcher.e2e.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.e2e.operator.harness.HarnessExtension;
import dev.smartdispatcher.e2e.operator.harness.LeapingClock;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.JobIdentity;
import dev.smartdispatcher.operator.workload.PodName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody of the namespace makes objects of the names that builds of others need; no policy forbids it here. */
@ExtendWith(HarnessExtension.class)
class NameConflictTest {
    private static final Map<String, String> EVIL =
            Map.of(EntryConfigMap.SCRIPT, "cat /run/secrets/*", "install", "evil");

    private final LeapingClock clock = new LeapingClock();
    private final Harness farm;

    NameConflictTest(Harness farm) {
        this.farm = farm;
    }

    @BeforeEach
    void start() {
        farm.worker("w", 1);
    }

    @Test
    void anEntryThatWasThereBeforehandIsReplaced() {
        farm.client().resource(foreign(entryName(), true)).create();
        farm.operatorAt(clock).job("j");
        assertMountsWhatTheOperatorMade(farm.pod("j", 1));
    }

    /** Its content is right today, and may be another tomorrow. */
    @Test
    void oneThatCouldBeChangedLaterIsReplacedThoughItIsTheSame() {
        farm.client()
                .resource(new ConfigMapBuilder(EntryConfigMap.of(farm.namespace()))
                        .withImmutable(null)
                        .build())
                .create();
        farm.operatorAt(clock).job("j");
        assertMountsWhatTheOperatorMade(farm.pod("j", 1));
    }

    @Test
    void oneThatIsTheSameIsTaken() {
        var made = farm.client().resource(EntryConfigMap.of(farm.namespace())).create();
        farm.operatorAt(clock).job("j");
        farm.pod("j", 1);
        assertThat(map(entryName()).getMetadata().getUid())
                .isEqualTo(made.getMetadata().getUid());
    }

    @Test
    void whatWasReplacedBetweenTwoBuildsIsReplacedAgain() {
        farm.operatorAt(clock).job("first");
        var names = mounted(farm.pod("first", 1));
        var made = names.stream().map(this::map).map(ConfigMap::getData).toList();
        ends("first");
        names.forEach(name -> {
            farm.client()
                    .configMaps()
                    .inNamespace(farm.namespace())
                    .withName(name)
                    .delete();
            farm.client().resource(foreign(name, true)).create();
        });
        farm.job("second");
        farm.pod("second", 1);
        assertThat(names.stream().map(this::map).map(ConfigMap::getData)).containsExactlyElementsOf(made);
    }

    @Test
    void whatWasDeletedBetweenTwoBuildsIsThereAgain() {
        farm.operatorAt(clock).job("first");
        var names = mounted(farm.pod("first", 1));
        ends("first");
        names.forEach(name -> farm.client()
                .configMaps()
                .inNamespace(farm.namespace())
                .withName(name)
                .delete());
        farm.job("second");
        assertMountsWhatTheOperatorMade(farm.pod("second", 1));
    }

    /** The kubelet of its node gives what it has to new pods too. */
    @Test
    void oneThatAPodUsesMakesTheJobWaitUntilThePodIsGone() {
        farm.client().resource(foreign(entryName(), true)).create();
        var user = farm.apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: keeps-it}
            spec:
              containers: [{name: c, image: "local.test/web:1"}]
              volumes: [{name: v, projected: {sources: [{configMap: {name: %s}}]}}]
            """.formatted(entryName()), Pod.class);
        farm.operatorAt(clock).job("j");
        assertThat(farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.NameConflict)
                        .waiting()
                        .message())
                .contains("'" + entryName() + "'", "keeps-it");
        assertThat(farm.pods()).hasSize(1);
        farm.kubelet().gone(user);
        clock.leap(Duration.ofMinutes(1));
        // Another job makes the pass look at the time.
        farm.job("never", "requires: {hostArch: [s390x]}");
        assertMountsWhatTheOperatorMade(farm.pod("j", 1));
    }

    @Test
    void oneThatCannotBeDeletedMakesTheJobWaitAndSayWhy() {
        farm.client()
                .resource(new ConfigMapBuilder(foreign(entryName(), false))
                        .editMetadata()
                        .addToFinalizers("example.com/stays")
                        .endMetadata()
                        .build())
                .create();
        farm.operatorAt(clock).job("j");
        assertThat(farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.NameConflict)
                        .waiting()
                        .message())
                .contains("'" + entryName() + "'", "finalizers");
        assertThat(farm.pods()).isEmpty();
    }

    /** As whoever knows the job's UID can. */
    @Test
    void aPodOfTheAttemptsNameMakesTheJobWaitUntilItIsGone() {
        var uid = farm.job("j").getMetadata().getUid();
        var other = farm.apply("""
            apiVersion: v1
            kind: Pod
            metadata: {name: %s}
            spec: {containers: [{name: build, image: "local.test/web:1"}]}
            """.formatted(PodName.of(new JobIdentity(farm.namespace(), "j", uid), 1)), Pod.class);
        farm.operatorAt(clock);
        assertThat(farm.until("j", s -> s.waiting() != null && s.waiting().reason() == Reason.NameConflict)
                        .waiting()
                        .message())
                .contains("'" + other.getMetadata().getName() + "'", "delete it");
        assertThat(farm.status("j").attempts()).isEmpty();
        farm.job("beside");
        farm.pod("beside", 1);
        ends("beside");
        farm.kubelet().gone(other);
        clock.leap(Duration.ofMinutes(1));
        farm.job("never", "requires: {hostArch: [s390x]}");
        assertMountsWhatTheOperatorMade(farm.pod("j", 1));
    }

    private void ends(String job) {
        farm.kubelet().ended(farm.pod(job, 1), 0);
        farm.until(job, BuildJobStatus::finished);
    }

    private void assertMountsWhatTheOperatorMade(Pod pod) {
        assertThat(mounted(pod))
                .hasSizeGreaterThanOrEqualTo(2)
                .contains(entryName())
                .allSatisfy(name -> assertThat(map(name).getImmutable()).isTrue())
                .noneMatch(name -> map(name).getData().containsValue("evil"));
        assertThat(map(entryName()).getData())
                .isEqualTo(EntryConfigMap.of(farm.namespace()).getData());
    }

    private static List<String> mounted(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(source -> source.getName())
                .toList();
    }

    private ConfigMap map(String name) {
        return await().until(
                        () -> farm.client()
                                .configMaps()
                                .inNamespace(farm.namespace())
                                .withName(name)
                                .get(),
                        Objects::nonNull);
    }

    private String entryName() {
        return EntryConfigMap.of(farm.namespace()).getMetadata().getName();
    }

    private static ConfigMap foreign(String name, boolean immutable) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withData(EVIL)
                .withImmutable(immutable)
                .build();
    }
}
