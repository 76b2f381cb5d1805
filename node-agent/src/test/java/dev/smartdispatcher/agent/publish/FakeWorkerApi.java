package dev.smartdispatcher.agent.publish;

import dev.smartdispatcher.api.worker.facts.AgentFacts;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A cluster with at most one worker, and failures to come. */
final class FakeWorkerApi implements WorkerApi {
    /** What was applied, in order. */
    final List<AgentFacts> applied = new ArrayList<>();
    /** Thrown by the next calls, one each. */
    final Deque<ApiException> failures = new ArrayDeque<>();

    int created;
    boolean exists;
    /** By the cluster's clock. */
    Instant noted;
    /** Whether what is created vanishes at once. */
    boolean cursed;

    @Override
    public void create(String name) throws ApiException {
        fail();
        created++;
        exists = !cursed;
    }

    @Override
    public boolean apply(String name, AgentFacts facts) throws ApiException {
        fail();
        if (exists) {
            applied.add(facts);
        }
        return exists;
    }

    @Override
    public Optional<Instant> noted() {
        return Optional.ofNullable(noted);
    }

    void failNext(ApiException... next) {
        failures.addAll(List.of(next));
    }

    AgentFacts last() {
        return applied.get(applied.size() - 1);
    }

    private void fail() throws ApiException {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
    }
}
