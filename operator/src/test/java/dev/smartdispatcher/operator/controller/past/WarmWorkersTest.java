package dev.smartdispatcher.operator.controller.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.JobCache;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.controller.health.WorkerHealth;
import dev.smartdispatcher.operator.controller.worker.FixedCluster;
import dev.smartdispatcher.operator.controller.worker.WorkerAssessments;
import dev.smartdispatcher.operator.packages.PackageRules;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which workers are said to keep the root that a job is built in. */
class WarmWorkersTest {
    private static final String CACHE = "{cache: {size: 10Gi, storageClassName: local}}";
    private static final String ENVIRONMENT = """
        image: local.test/rpm:1
        installer: Rpm
        root: %s
        repository: {image: "local.test/packages:12"}
        packages: {install: [%s]}
        """;

    private final FixedCluster cluster = new FixedCluster();
    private final WarmWorkers warm = new WarmWorkers(
            cluster.view,
            new WorkerAssessments(
                    cluster.view,
                    new WorkerHealth(cluster.view, Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC)),
                    Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC)));
    private final BuildEnvironmentSpec environment = environment("Directory", "gcc");

    private static BuildEnvironmentSpec environment(String root, String packages) {
        return Serialization.unmarshal(ENVIRONMENT.formatted(root, packages), BuildEnvironmentSpec.class);
    }

    @BeforeEach
    void worker() {
        worker("2", CACHE, "2026-01-01T00:00:00Z");
    }

    private void worker(String version, String spec, String created) {
        cluster.worker(version, spec).getMetadata().setCreationTimestamp(created);
    }

    private static BuildJob job(String namespace, String status) {
        return Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: BuildJob
            metadata: {name: j, namespace: %s, uid: uid-j}
            spec: {targetArch: x86_64, environment: rpm}
            status: %s
            """.formatted(namespace, status), BuildJob.class);
    }

    /** A job with an attempt on w that ended at noon. */
    private static BuildJob built(String namespace, String cache, BuildEnvironmentSpec environment) {
        var lists = PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native);
        return job(namespace, """
            {packages: {digest: "%s", configMap: lists-1, summary: 1 to install}, attempts: [{number: 1, worker: w,
              pod: j-1, outcome: Succeeded, endTime: "2026-01-01T12:00:00Z",
              installed: {count: 1, digest: "sha256:0", cache: %s}}]}""".formatted(lists.listDigest(), cache));
    }

    private Map<String, Integer> of(String namespace, BuildEnvironmentSpec now) {
        return warm.of(job(namespace, "{}"), now);
    }

    @Test
    void whereAnAttemptHasFoundTheRootOrLeftIt() {
        assertThat(of("a", environment)).isEmpty();
        warm.learn(built("a", "Filled", environment));
        assertThat(of("a", environment)).isEqualTo(Map.of("w", WarmWorkers.WITH_ROOT));
        assertThat(of("b", environment))
                .as("another namespace has another cache")
                .isEmpty();
        warm.learn(built("b", "Hit", environment));
        assertThat(of("b", environment)).containsOnlyKeys("w");
        warm.learn(built("c", "None", environment));
        assertThat(of("c", environment)).isEmpty();
    }

    @Test
    void notWithOtherListsOrWhereNothingIsPrepared() {
        warm.learn(built("a", "Filled", environment));
        assertThat(of("a", environment("Directory", "gcc, make"))).isEmpty();
        assertThat(of("a", environment("Image", "gcc"))).isEmpty();
        assertThat(of("a", environment("Directory", "gcc"))).isNotEmpty();
    }

    @Test
    void notOnAWorkerThatIsAnotherNowOrHasNoCacheAnyMore() {
        warm.learn(built("a", "Filled", environment));
        worker("3", "{}", "2026-01-01T00:00:00Z");
        assertThat(of("a", environment)).isEmpty();
        worker("4", CACHE, "2026-01-01T12:00:01Z");
        assertThat(of("a", environment)).isEmpty();
    }

    @Test
    void whereAnAttemptHasLeftACacheOfThePackage() {
        var none = environment("Image", "gcc");
        assertThat(warm.of(packaged("a", "zlib", "{}"), none)).isEmpty();
        warm.learn(packaged("a", "zlib", """
            {packages: {digest: "sha256:1", configMap: lists-1, summary: none}, attempts: [{number: 1, worker: w,
              pod: j-1, outcome: BuildFailed, startTime: "2026-01-01T11:59:00Z", endTime: "2026-01-01T12:00:00Z"}]}"""));
        assertThat(warm.of(packaged("a", "zlib", "{}"), none)).isEqualTo(Map.of("w", WarmWorkers.WITH_CACHE));
        assertThat(warm.of(packaged("a", "lua", "{}"), none)).isEmpty();
        assertThat(warm.of(packaged("b", "zlib", "{}"), none))
                .as("another tenant")
                .isEmpty();
        assertThat(warm.of(job("a", "{}"), none))
                .as("a job that wants no cache")
                .isEmpty();

        warm.learn(built("a", "Filled", environment));
        assertThat(warm.of(packaged("a", "zlib", "{}"), environment))
                .isEqualTo(Map.of("w", WarmWorkers.WITH_CACHE * WarmWorkers.WITH_ROOT / 100));
    }

    private static BuildJob packaged(String namespace, String name, String status) {
        var job = job(namespace, status);
        job.setSpec(job.getSpec().withPackageName(name).withCache(new JobCache("/var/cache/ccache")));
        return job;
    }

    @Test
    void waitingJobsAreLookedAtAgainOnlyIfMoreIsKnown() {
        var job = built("a", "Filled", environment);
        warm.learn(job);
        assertThat(warm.takeChanged()).containsExactly(WarmWorkers.Kind.byRoot(job));
        warm.learn(job);
        assertThat(warm.takeChanged()).isEmpty();
    }
}
