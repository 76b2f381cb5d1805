package dev.smartdispatcher.agent.probe;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All probes of a machine, asked one after the other. One that fails is left out and named in {@code problems[]}; the
 * others go on. Not for several threads.
 */
public final class Probes implements Supplier<AgentFacts> {
    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final List<Probe> probes;
    private final Clock clock;
    private final String version;

    /**
     * @param probes in the order in which targets and problems are listed
     * @param version of the agent; null if it is not known
     */
    public Probes(List<Probe> probes, Clock clock, String version) {
        this.probes = List.copyOf(probes);
        this.clock = clock;
        this.version = version;
    }

    /** Looks at everything once. The time is that of the end, in whole seconds. Never throws because of a probe. */
    @Override
    public AgentFacts get() {
        FactsDraft draft = new FactsDraft();
        for (Probe probe : probes) {
            sentenceIfFailed(probe, draft).ifPresent(sentence -> draft.problem(new Problem(probe.name(), sentence)));
        }
        return draft.facts(clock.instant().truncatedTo(ChronoUnit.SECONDS), version);
    }

    private static Optional<String> sentenceIfFailed(Probe probe, FactsDraft draft) {
        try {
            probe.look().addTo(draft);
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of(e.getMessage() + " does not exist.");
        } catch (AccessDeniedException e) {
            return Optional.of(e.getMessage() + " may not be read.");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException | LinkageError e) {
            // A LinkageError: the C library or JNA's own cannot be loaded here.
            LOG.debug("Probe {} failed", probe.name(), e);
            return Optional.of("Unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
