package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.probe.FixtureMachine;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probes;
import dev.smartdispatcher.agent.probe.hardware.SpeedProbe;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All facts of each recorded machine, as the API will show them; {@code -Dgolden.update=true} writes them anew. */
class FactsGoldenTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T08:30:00.987Z"), ZoneOffset.UTC);

    /** Of the reference's threads, as many as the machine has, measured at once. */
    private static SpeedProbe speed(HostPaths paths) {
        return new SpeedProbe(
                paths, threads -> new SpeedIndex(100, 100 * threads), Optional.empty(), Runnable::run, CLOCK);
    }

    @ParameterizedTest
    @EnumSource
    void factsAreAsExpected(FixtureMachine machine) throws IOException {
        Probes probes = HostProbes.of(
                machine.paths(),
                AgentOptions.DEFAULT_BUILD_PATH,
                AgentOptions.DEFAULT_FEATURES_DIRECTORY,
                machine.kernel(),
                speed(machine.paths()),
                CLOCK);
        String yaml = Serialization.asYaml(probes.get());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(machine.goldenFacts(), yaml);
        }
        assertThat(machine.goldenFacts())
                .as("mvn -pl node-agent test -Dgolden.update=true writes it anew")
                .exists()
                .hasContent(yaml);
        assertThat(Serialization.unmarshal(yaml, AgentFacts.class).observedTime())
                .isEqualTo("2026-12-01T08:30:00Z");
    }
}
