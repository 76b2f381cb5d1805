package dev.smartdispatcher.e2e.api.rights;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.WorkerPods;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.operator.client.ServerClock;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import dev.smartdispatcher.operator.client.refusal.RefusalKind;
import dev.smartdispatcher.operator.workload.CreateBefore;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pods that say until when they are to be created: the API server creates none later, whoever asks for it. */
@ApiTier
class CreationPolicyApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LATE = Duration.ofSeconds(5);

    private static KubernetesClient admin;
    private static KubernetesClient operator;
    private static ServerClock server;

    @BeforeAll
    static void open(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        ShippedRights.in(admin).bindAll();
        operator = controlPlane.client(ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR)
                .token());
        server = new ServerClock(operator);
        await("the policy's effect").atMost(PATIENCE).until(() -> {
            try {
                operator.resource(pod(Instant.EPOCH.toString())).dryRun().create();
                return false;
            } catch (KubernetesClientException e) {
                return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
            }
        });
    }

    @AfterEach
    void noPods() {
        admin.pods().inNamespace("default").withGracePeriod(0).delete();
    }

    private static Pod pod(String createBefore) {
        return new PodBuilder(WorkerPods.pod("late", "uid"))
                .editMetadata()
                .withAnnotations(Map.of(Annotations.CREATE_BEFORE, createBefore))
                .endMetadata()
                .build();
    }

    @Test
    void oneThatComesInTimeIsCreated() {
        var before = CreateBefore.of(server.ask());
        var created = operator.resource(pod(before.toString())).create();
        assertThat(Instant.parse(created.getMetadata().getCreationTimestamp())).isBeforeOrEqualTo(before);
    }

    @Test
    void theOperatorsOwnIsRefusedFiveSecondsTooLateWithTheServersTime() {
        var now = server.ask();
        var before = now.minus(LATE).toString();
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> operator.resource(pod(before))
                        .create())
                .hasMessageContaining("ValidatingAdmissionPolicy 'smart-dispatcher-creations'")
                .hasMessageContaining("too late, the pod was to be created before " + before
                        + " (smartdispatcher.dev/create-before), and it is ")
                .satisfies(e -> {
                    assertThat(told(e.getMessage())).isBetween(now, now.plus(PATIENCE));
                    assertThat(ApiFailure.refusal(Verb.Create, "pods", (KubernetesClientException) e)
                                    .kind())
                            .isEqualTo(RefusalKind.AskAgain);
                });
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> admin.resource(pod(before))
                .create());
    }

    private static Instant told(String message) {
        var time = Pattern.compile("and it is ([0-9TZ:-]+)").matcher(message);
        assertThat(time.find()).as(message).isTrue();
        return Instant.parse(time.group(1));
    }

    /** The API server sets the creation time before it asks policies. */
    @Test
    void aForgedCreationTimeDoesNotHelp() {
        var forged = new PodBuilder(pod(server.ask().minus(LATE).toString()))
                .editMetadata()
                .withCreationTimestamp("2020-01-01T00:00:00Z")
                .endMetadata()
                .build();
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> operator.resource(forged)
                        .create())
                .hasMessageContaining("too late");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "9999-99-99T99:99:99Z"})
    void oneThatSaysNoTimeIsRefused(String time) {
        assertThat(catchThrowableOfType(KubernetesClientException.class, () -> operator.resource(pod(time))
                                .create())
                        .getMessage())
                .contains("smart-dispatcher-creations");
    }

    @Test
    void othersAreNotConcerned() {
        var other = new PodBuilder(WorkerPods.pod("other", "uid"))
                .editMetadata()
                .withLabels(null)
                .endMetadata()
                .build();
        assertThat(admin.resource(other).create()).isNotNull();
    }
}
