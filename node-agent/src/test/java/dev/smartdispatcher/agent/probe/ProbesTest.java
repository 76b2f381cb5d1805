package dev.smartdispatcher.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Isolation;
import dev.smartdispatcher.api.worker.facts.KernelFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T08:30:00.987Z");
    private static final KernelFacts KERNEL = new KernelFacts("6.1.0-18", "amd64");

    @Test
    void aFailingProbeIsNamedAndTheOthersAreThere() {
        AgentFacts facts = observe(
                probe("first", () -> draft -> draft.isolation(Isolation.Container)),
                probe("broken", () -> {
                    throw new IOException("The disk is on fire.");
                }),
                probe("last", () -> draft -> draft.kernel(KERNEL)));
        assertThat(facts.problems()).containsExactly(new Problem("broken", "The disk is on fire."));
        assertThat(facts.isolation()).containsExactly(Isolation.Container);
        assertThat(facts.kernel()).isEqualTo(KERNEL);
        assertThat(facts.disk()).isNull();
    }

    @Test
    void unexpectedErrorsAndMissingLibrariesEndNothingEither() {
        AgentFacts facts = observe(
                probe("bug", () -> {
                    throw new IllegalStateException("what now");
                }),
                probe("native", () -> {
                    throw new UnsatisfiedLinkError("no libc");
                }),
                probe("last", () -> draft -> draft.kernel(KERNEL)));
        assertThat(facts.problems())
                .containsExactly(
                        new Problem("bug", "Unexpected IllegalStateException: what now"),
                        new Problem("native", "Unexpected UnsatisfiedLinkError: no libc"));
        assertThat(facts.kernel()).isEqualTo(KERNEL);
    }

    @Test
    void fileErrorsBecomeSentences() {
        AgentFacts facts = observe(
                probe("absent", () -> {
                    throw new NoSuchFileException("/host/proc/cpuinfo");
                }),
                probe("secret", () -> {
                    throw new AccessDeniedException("/host/proc/meminfo");
                }));
        assertThat(facts.problems())
                .extracting(Problem::message)
                .containsExactly("/host/proc/cpuinfo does not exist.", "/host/proc/meminfo may not be read.");
    }

    @Test
    void messagesKeepToTheApisLimit() {
        AgentFacts facts = observe(probe("chatty", () -> {
            throw new IOException("x".repeat(2000));
        }));
        assertThat(facts.problems()).singleElement().satisfies(p -> assertThat(p.message())
                .hasSize(1024));
    }

    @Test
    void timeIsInWholeSecondsAndNothingIsMadeUp() {
        AgentFacts facts = observe();
        assertThat(facts.observedTime()).isEqualTo("2026-12-01T08:30:00Z");
        assertThat(facts.version()).isEqualTo("1.2.3");
        assertThat(facts.hostArch()).isNull();
        assertThat(facts.recommendedLimits()).isNull();
        assertThat(facts.problems()).isEmpty();
    }

    private static AgentFacts observe(Probe... probes) {
        return new Probes(List.of(probes), Clock.fixed(NOW, ZoneOffset.UTC), "1.2.3").get();
    }

    private interface Look {
        Probe.Finding get() throws IOException;
    }

    private static Probe probe(String name, Look look) {
        return new Probe() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding look() throws IOException {
                return look.get();
            }
        };
    }
}
