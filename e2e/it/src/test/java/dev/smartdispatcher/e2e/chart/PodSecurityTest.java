package dev.smartdispatcher.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which pods keep the Pod Security Standard {@code restricted}, and what the agent's break, each for a reason. */
class PodSecurityTest {
    private static final List<String> AGENT_LOOKS_AT_ITS_MACHINE = List.of(
            "host path of volume proc",
            "host path of volume sys",
            "host path of volume builds",
            "host path of volume features");
    private static final String AGENT_TRIES_USER_NAMESPACES = "seccomp profile Unconfined";
    private static final String AGENT_OPENS_KVM = "host path of volume dev";

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void everyPodButTheAgentsIsRestricted(Scenario scenario) throws Exception {
        for (var manifest : scenario.render().manifests()) {
            if (!manifest.kind().equals("DaemonSet")) {
                for (var pod : pods(manifest)) {
                    assertThat(PodSecurity.violations(pod))
                            .as(manifest.toString())
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void operatorAndTestAreAmongThem() {
        assertThat(Chart.render().manifests().stream()
                        .filter(manifest -> !manifest.kind().equals("DaemonSet"))
                        .filter(manifest -> !specs(manifest).isEmpty()))
                .extracting(Rendered.Manifest::kind)
                .containsExactlyInAnyOrder("Deployment", "Pod");
    }

    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void theAgentsBreakWhatTheyMust(Scenario scenario) throws Exception {
        var allowed = Stream.concat(
                        AGENT_LOOKS_AT_ITS_MACHINE.stream(), Stream.of(AGENT_TRIES_USER_NAMESPACES, AGENT_OPENS_KVM))
                .toList();
        for (var manifest : scenario.render().ofKind("DaemonSet").toList()) {
            for (var pod : pods(manifest)) {
                assertThat(PodSecurity.violations(pod)).as(manifest.toString()).isSubsetOf(allowed);
            }
        }
    }

    @Test
    void whatEachAgentBreaks() throws Exception {
        var expected = Map.of(
                "hardened", AGENT_LOOKS_AT_ITS_MACHINE,
                "seccomp-of-the-nodes", AGENT_LOOKS_AT_ITS_MACHINE,
                "open-network", and(AGENT_LOOKS_AT_ITS_MACHINE, AGENT_TRIES_USER_NAMESPACES));
        for (var scenario : expected.keySet()) {
            var agent = new Scenario(scenario).render().only("DaemonSet", "farm-smart-dispatcher-node-agent");
            assertThat(PodSecurity.violations(pods(agent).get(0)))
                    .as(scenario)
                    .containsExactlyInAnyOrderElementsOf(expected.get(scenario));
        }
        var kvm = new Scenario("kvm").render().only("DaemonSet", "farm-smart-dispatcher-node-agent-kvm");
        assertThat(PodSecurity.violations(pods(kvm).get(0)))
                .containsExactlyInAnyOrderElementsOf(
                        and(AGENT_LOOKS_AT_ITS_MACHINE, AGENT_TRIES_USER_NAMESPACES, AGENT_OPENS_KVM));
    }

    /** A process may read the environment of others of its user, and the agent sees those of its node. */
    @ParameterizedTest
    @MethodSource("dev.smartdispatcher.e2e.chart.Scenario#all")
    void operatorAndAgentsHaveUsersOfTheirOwnAndNotThatOfBuilds(Scenario scenario) throws Exception {
        var operator = Set.of(65530L);
        var agent = Set.of(65531L);
        for (var manifest : scenario.render().manifests()) {
            for (var pod : pods(manifest)) {
                assertThat(users(pod))
                        .as(manifest.toString())
                        .isEqualTo(manifest.kind().equals("DaemonSet") ? agent : operator);
            }
        }
    }

    /** User and group of the pod, and what its containers have instead. */
    private static Set<Long> users(PodSpec pod) {
        return Stream.concat(
                        Stream.of(
                                pod.getSecurityContext().getRunAsUser(),
                                pod.getSecurityContext().getRunAsGroup()),
                        pod.getContainers().stream()
                                .flatMap(c -> Stream.of(
                                        c.getSecurityContext().getRunAsUser(),
                                        c.getSecurityContext().getRunAsGroup()))
                                .filter(Objects::nonNull))
                .collect(Collectors.toSet());
    }

    private static List<String> and(List<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    private static List<PodSpec> pods(Rendered.Manifest manifest) throws Exception {
        var pods = new java.util.ArrayList<PodSpec>();
        for (var spec : specs(manifest)) {
            pods.add(StrictTypes.read(spec, PodSpec.class));
        }
        return pods;
    }

    private static List<JsonNode> specs(Rendered.Manifest manifest) {
        return Stream.of("/spec", "/spec/template/spec")
                .map(path -> manifest.content().at(path))
                .filter(spec -> spec.has("containers"))
                .toList();
    }
}
