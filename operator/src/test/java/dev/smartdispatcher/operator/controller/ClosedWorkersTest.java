package dev.smartdispatcher.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ClosedWorkersTest {
    private final ClosedWorkers closed = new ClosedWorkers();

    @Test
    void onlyWhatTheSchedulerFoundClosedIsSettled() {
        assertThat(closed.isSettled("w", false)).isFalse();
        closed.look("w", () -> Optional.of(true));
        assertThat(closed.isSettled("w", false)).isTrue();
        closed.decided("w"::equals);
        assertThat(closed.isSettled("w", true)).isFalse();
    }

    /** After a change of leaders: the one before has said so, and this one has yet to look. */
    @Test
    void whatWasPromisedStandsUntilTheSchedulerLooks() {
        assertThat(closed.isSettled("w", true)).isTrue();
        closed.look("w", () -> Optional.of(false));
        assertThat(closed.isSettled("w", true)).isFalse();
    }

    /** A cycle reads that the worker is open, the drain is seen, and only then the cycle notes what it read: nobody is told drained. */
    @Test
    @Timeout(30)
    void nobodyIsAnsweredWhileTheSchedulerLooks() throws Exception {
        closed.look("w", () -> Optional.of(true));
        var reads = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        var cycle = CompletableFuture.runAsync(() -> closed.look("w", () -> {
            reads.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.of(false);
        }));
        assertThat(reads.await(10, TimeUnit.SECONDS)).isTrue();
        var asked = CompletableFuture.supplyAsync(() -> closed.isSettled("w", true));
        goesOn.countDown();
        cycle.get();
        assertThat(asked.get()).isFalse();
    }
}
