package dev.smartdispatcher.operator.controller.refusal;

import dev.smartdispatcher.operator.scheduler.fairshare.NamespaceHold.Published;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that only the API server finds wrong: the policy, an environment, a single job that is too large. What depends on one
 * waits until the object is another one; since it may also be the API server's rules that change, one job probes after ever
 * longer pauses. Safe for use by several threads.
 */
public final class ObjectFaults {
    static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Map<Subject, Fault> faults = new HashMap<>();

    /**
     * What is at fault.
     *
     * @param kind as {@code BuildEnvironment}
     * @param id name, or UID of a job
     */
    public record Subject(String kind, String id) {
        /** The one DispatchPolicy. */
        public static final Subject POLICY = new Subject("DispatchPolicy", "default");

        public static Subject environment(String name) {
            return new Subject("BuildEnvironment", name);
        }

        /** A job by its UID. */
        public static Subject job(String uid) {
            return new Subject("BuildJob", uid);
        }
    }

    private static final class Fault {
        private final long generation;
        private Published published;
        private Duration pause;
        private Instant next;
        private String probe = "";

        private Fault(long generation) {
            this.generation = generation;
        }
    }

    /**
     * The API server finds an object wrong.
     *
     * @param generation of the object, as it was used
     */
    public synchronized void refused(
            Subject subject, long generation, Published published, String jobUid, Instant now) {
        var fault = faults.get(subject);
        if (fault == null || fault.generation != generation) {
            fault = new Fault(generation);
            fault.published = published;
            fault.pause = FIRST_PAUSE;
            faults.put(subject, fault);
        } else if (fault.probe.equals(jobUid)) {
            var twice = fault.pause.multipliedBy(2);
            fault.pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        } else {
            return;
        }
        fault.probe = "";
        fault.next = now.plus(fault.pause);
    }

    /** What a job needs was written, so nothing of it is wrong; returns whether that is new. */
    public synchronized boolean accepted(Subject subject, String jobUid) {
        var fault = faults.get(subject);
        if (fault != null && fault.probe.equals(jobUid)) {
            faults.remove(subject);
            return true;
        }
        return false;
    }

    /** Why a job that depends on an object has to wait; empty if it need not, or is the one that probes now. */
    public synchronized Optional<Published> obstacle(Subject subject, long generation, String jobUid, Instant now) {
        var fault = faults.get(subject);
        if (fault == null || fault.generation != generation || fault.probe.equals(jobUid)) {
            return Optional.empty();
        }
        if (!now.isBefore(fault.next) || fault.next.isAfter(now.plus(LONGEST_PAUSE))) {
            // The next one has its turn after a further pause, in case that this one does not ask.
            fault.probe = jobUid;
            fault.next = now.plus(fault.pause);
            return Optional.empty();
        }
        return Optional.of(fault.published);
    }

    /** What the API server finds wrong with an object of this generation. */
    public synchronized Optional<Published> of(Subject subject, long generation) {
        return Optional.ofNullable(faults.get(subject))
                .filter(fault -> fault.generation == generation)
                .map(fault -> fault.published);
    }

    /** The object is gone. */
    public synchronized void forget(Subject subject) {
        faults.remove(subject);
    }
}
