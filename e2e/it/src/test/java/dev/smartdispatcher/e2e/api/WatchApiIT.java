package dev.smartdispatcher.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.api.tier.Account;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.JobStream;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.hollow.HollowNodes;
import dev.smartdispatcher.e2e.hollow.HollowWorker;
import dev.smartdispatcher.e2e.oracle.Oracle;
import dev.smartdispatcher.e2e.process.OperatorRun;
import dev.smartdispatcher.operator.client.OperatorClient;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Watches that break while jobs run, and cannot go on where they were. */
@ApiTier
class WatchApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /**
     * An API server that has just started remembers nothing from before: who asks for what came after an older version is
     * answered 410 Gone within the watch, and has to list again.
     */
    @Test
    void jobsCompleteAtTheFirstAttemptThoughTheirWatchIsGone(ControlPlane controlPlane, KubernetesClient admin) {
        var account = Account.create(admin, "watch-operator");
        try (var nodes = HollowNodes.startBinding(admin, Duration.ofMillis(200), 4);
                var oracle = new Oracle(admin);
                var jobs = new JobStream(Farm.of(admin, "watch-1", "watch-2"), "watch", Duration.ofMillis(250));
                var client = client(controlPlane, account);
                var operator = OperatorRun.start(client)) {
            jobs.burst(8);
            jobs.awaitDispatch();
            var restart = Instant.now();
            controlPlane.restartApiServer();
            jobs.burst(4);
            jobs.awaitDispatch();
            jobs.awaitAllCompleteAtFirstAttempt();
            // Of both, the one that was written last before the end may be spared.
            assertThat(listed(controlPlane, account, restart)).containsAnyOf("buildjobs", "pods");
            await("all watches").atMost(PATIENCE).until(operator::ready);
            assertThat(oracle.violations(HollowWorker.of("w", 4).amounts())).isEmpty();
            assertThat(oracle.podsSeen()).hasSameSizeAs(jobs.submitted());
        } finally {
            account.delete(admin);
        }
    }

    /** Texts that are not ASCII are cut anywhere on their way. */
    @Test
    void watchesTellTextsAsTheyWereWritten(ControlPlane controlPlane, KubernetesClient admin) {
        var account = Account.create(admin, "watch-reader");
        var text = "aäö…𝄞";
        try (var client = client(controlPlane, account);
                var maps = client.configMaps().inNamespace("default").inform()) {
            for (int i = 0; i < 10; i++) {
                admin.resource(new ConfigMapBuilder()
                                .withNewMetadata()
                                .withName("text-" + i)
                                .withNamespace("default")
                                .endMetadata()
                                .addToData("text", text.repeat(1 + i * 1000))
                                .build())
                        .create();
            }
            for (int i = 0; i < 10; i++) {
                var key = "default/text-" + i;
                await(key).atMost(PATIENCE).until(() -> maps.getIndexer().getByKey(key) != null);
                assertThat(maps.getIndexer().getByKey(key).getData()).containsEntry("text", text.repeat(1 + i * 1000));
            }
        } finally {
            account.delete(admin);
            for (int i = 0; i < 10; i++) {
                admin.configMaps().inNamespace("default").withName("text-" + i).delete();
            }
        }
    }

    /** As the operator's process has it. */
    private static KubernetesClient client(ControlPlane controlPlane, Account account) {
        return OperatorClient.of(
                controlPlane.client(account.token(), config -> config).getConfiguration());
    }

    /** The kinds that were listed after this time. A watch that only broke is taken up again without. */
    private static Set<String> listed(ControlPlane controlPlane, Account account, Instant after) {
        return controlPlane.audit().of(account.user()).stream()
                .filter(request -> request.verb().equals("list") && request.succeeded())
                .filter(request -> request.received().isAfter(after))
                .map(request -> request.resource())
                .collect(Collectors.toSet());
    }
}
