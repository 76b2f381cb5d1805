package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes and publishes, one {@link #beat} at a time; who calls it decides about threads and time. Facts are written when
 * there is a {@link MaterialChange}, and at the latest {@link #HEARTBEAT} after the last time. A worker that is not there
 * is created. A failure is logged, and what was observed next is written after the back-off.
 */
public final class Publisher {
    /** Not less, so that an idle node costs the API server no more than one write a minute. */
    static final Duration HEARTBEAT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    private final String nodeName;
    private final Supplier<AgentFacts> observation;
    private final WorkerApi api;
    private final Failures failures;
    private final Duration interval;
    private final Clock clock;
    private final Pulse pulse;
    private final ProblemLog problems = new ProblemLog();

    private AgentFacts published;
    private Instant publishedAt;
    /** As found at the last write; null: not yet. */
    private Long clockSkewSeconds;

    /**
     * @param observation looks at the machine anew each time it is asked
     * @param interval between two beats, if nothing is to be done before
     */
    public Publisher(
            String nodeName,
            Supplier<AgentFacts> observation,
            WorkerApi api,
            BackOff backOff,
            Duration interval,
            Clock clock,
            Pulse pulse) {
        this.nodeName = nodeName;
        this.observation = observation;
        this.api = api;
        this.failures = new Failures(backOff);
        this.interval = interval;
        this.clock = clock;
        this.pulse = pulse;
    }

    /** Observes once, writes if it is time to, and returns how long to wait until the next beat. */
    public Duration beat() {
        AgentFacts facts = observation.get().withClockSkewSeconds(clockSkewSeconds);
        problems.log(facts.problems());
        Duration wait = isDue(facts) ? publish(facts) : untilNext();
        pulse.beaten();
        return wait;
    }

    private boolean isDue(AgentFacts facts) {
        if (published == null || failures.any()) {
            return true;
        }
        Duration since = Duration.between(publishedAt, clock.instant());
        // Negative: the clock was set back, and would be long in reaching the next heartbeat.
        return since.isNegative() || since.compareTo(HEARTBEAT) >= 0 || MaterialChange.between(published, facts);
    }

    private Duration publish(AgentFacts facts) {
        Instant before = clock.instant();
        try {
            write(facts);
            api.noted().ifPresent(noted -> compareClocks(before, noted));
        } catch (ApiException e) {
            pulse.failed(e.getMessage(), e.needsAdministrator());
            return failures.add(e);
        }
        if (failures.any() || published == null) {
            LOG.atInfo().addKeyValue(LogKeys.NODE, nodeName).log("Facts published");
        }
        failures.clear();
        published = facts;
        publishedAt = clock.instant();
        pulse.published();
        return untilNext();
    }

    /** The API server noted the write between then and now; by its clock, in whole seconds. */
    private void compareClocks(Instant before, Instant noted) {
        Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
        clockSkewSeconds = Duration.between(noted, middle).toSeconds();
        pulse.clockSkew(clockSkewSeconds);
    }

    private void write(AgentFacts facts) throws ApiException {
        if (api.apply(nodeName, facts)) {
            return;
        }
        api.create(nodeName);
        LOG.atInfo().addKeyValue(LogKeys.NODE, nodeName).log("BuildWorker created");
        if (!api.apply(nodeName, facts)) {
            throw new ApiException("BuildWorker " + nodeName + " was deleted as soon as it was created.", null);
        }
    }

    private Duration untilNext() {
        Duration untilHeartbeat = HEARTBEAT.minus(Duration.between(publishedAt, clock.instant()));
        return untilHeartbeat.compareTo(interval) < 0 ? untilHeartbeat : interval;
    }
}
