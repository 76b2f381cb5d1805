package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Environments with an installer: who may have it, and what becomes of a job whose packages cannot be installed. */
class InstallerTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String REPOSITORY = "\"repository\":{\"image\":\"local.test/packages:12\"}";

    private final Harness farm = new Harness();

    @BeforeEach
    void workers() {
        farm.worker("v", 4);
        farm.worker("w", 4);
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private void environment(String spec) {
        farm.client().resources(BuildEnvironment.class).withName("debian").patch(MERGE, "{\"spec\":{" + spec + "}}");
    }

    private void start() {
        farm.withOperator();
        await().until(() -> farm.client()
                        .resources(DispatchPolicy.class)
                        .withName(DispatchPolicy.NAME)
                        .get()
                != null);
    }

    @Test
    void anInstallerIsWaitedForUntilThePolicyAllowsIt() {
        environment("\"installer\":\"Deb\"," + REPOSITORY);
        start();
        farm.job("early");
        var refused = farm.until("early", s -> s.waiting() != null).waiting();
        assertThat(refused.reason()).isEqualTo(Reason.InstallerNotAllowed);
        assertThat(refused.message())
                .isEqualTo("BuildEnvironment 'debian': installer Deb with root Image needs context UserNamespace or"
                        + " Baseline, which the policy's spec.installers does not allow the namespace 'default'");
        farm.client()
                .resources(DispatchPolicy.class)
                .withName(DispatchPolicy.NAME)
                .patch(
                        MERGE,
                        "{\"spec\":{\"installers\":[{\"name\":\"Deb\",\"context\":\"Baseline\",\"namespaceSelector\":{}}]}}");
        var security = farm.pod("early", 1).getSpec().getContainers().get(0).getSecurityContext();
        assertThat(security.getRunAsUser()).isZero();
        assertThat(security.getCapabilities().getAdd()).doesNotContain("SYS_ADMIN");
    }

    @Test
    void aRepositoryThatTheNamespaceLacksIsWaitedFor() {
        environment("\"installer\":\"Rpm\",\"root\":\"Directory\","
                + "\"repository\":{\"persistentVolumeClaim\":{\"claimName\":\"packages\"}}");
        start();
        farm.job("early");
        var waiting = farm.until(
                        "early", s -> s.waiting() != null && s.waiting().reason() == Reason.ClaimNotFound)
                .waiting();
        assertThat(waiting.message()).contains("PersistentVolumeClaim 'packages' is missing");
    }

    /** The lists are wrong on every worker: the other one is not tried. */
    @Test
    void aFailedInstallationEndsTheJobWithThePackagesSentence() {
        environment("\"installer\":\"Rpm\",\"root\":\"Directory\"," + REPOSITORY);
        start();
        farm.job("early");
        var pod = farm.pod("early", 1);
        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("prepare");
        var status = Serialization.unmarshal("""
            phase: Failed
            initContainerStatuses:
            - name: prepare
              state:
                terminated:
                  exitCode: 123
                  reason: Error
                  startedAt: "2026-01-01T12:00:01Z"
                  finishedAt: "2026-01-01T12:00:09Z"
                  message: '{"exitCode":123,"install":"{\\"problem\\":\\"gcc: it requires glibc, which is in no list\\"}"}'
            containerStatuses: [{name: build, state: {waiting: {reason: PodInitializing}}}]
            """, PodStatus.class);
        farm.client().resource(pod).editStatus(p -> {
            p.setStatus(status);
            return p;
        });
        var failed = farm.until("early", s -> s.finished());
        assertThat(failed.attempts()).hasSize(1);
        assertThat(failed.attempts().get(0).outcome()).isEqualTo(Reason.InstallFailed);
        assertThat(failed.attempts().get(0).message())
                .isEqualTo("the packages could not be installed: gcc: it requires glibc, which is in no list");
        assertThat(failed.usage()).isNull();
    }
}
