package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.api.worker.facts.Problem;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryOptionAndItsEnvironment() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains(
                        "--node-name",
                        "--interval",
                        "--host-root",
                        "--build-path",
                        "--health-port",
                        "--metrics-port",
                        "--once")
                .contains(
                        "NODE_NAME",
                        "AGENT_INTERVAL",
                        "AGENT_HOST_ROOT",
                        "AGENT_BUILD_PATH",
                        "AGENT_HEALTH_PORT",
                        "AGENT_METRICS_PORT");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void oncePrintsTheFactsOfThisMachine() {
        assertThat(run("--once")).isZero();
        AgentFacts facts = Serialization.unmarshal(out.toString(), AgentFacts.class);
        assertThat(facts.problems())
                .extracting(Problem::probe)
                .doesNotContain("hostArch", "cpu", "memory", "disk", "kernel", "load");
        assertThat(facts.hostArch()).isNotNull();
        assertThat(facts.isolation()).contains(Isolation.Container);
        assertThat(facts.load().cpu()).isNotNull();
        assertThat(facts.recommendedLimits().jobs()).isEqualTo(facts.cpu().threads());
    }

    @Test
    void onceWithoutTheHostsFilesTellsWhatIsMissing() {
        assertThat(run("--once", "--host-root", "src/test/resources")).isZero();
        AgentFacts facts = Serialization.unmarshal(out.toString(), AgentFacts.class);
        assertThat(facts.problems())
                .extracting(Problem::probe)
                .contains("cpu", "memory", "kernel", "load")
                .doesNotContain("disk", "container");
        assertThat(facts.disk()).isNotNull();
    }

    @Test
    void aNodeNeedsAName() {
        assumeTrue(System.getenv("NODE_NAME") == null);
        assertThat(run()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--node-name");
    }

    @Test
    void theIntervalIsBounded() {
        assertThat(run("--node-name", "n", "--interval", "61")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("1 to 60 seconds");
    }

    private int run(String... arguments) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
