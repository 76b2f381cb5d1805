package dev.smartdispatcher.operator.controller.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.operator.controller.dispatch.DumpRequests.Dump;
import dev.smartdispatcher.operator.scheduler.cycle.DumpWindow;
import dev.smartdispatcher.operator.scheduler.cycle.SchedulerDump;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DumpRequestsTest {
    private static final DumpWindow WINDOW = new DumpWindow(1, 2, 3);
    private static final SchedulerDump EMPTY =
            new SchedulerDump(Instant.EPOCH, 0, 0, List.of(), List.of(), List.of(), List.of());

    private final CountDownLatch woken = new CountDownLatch(1);

    private CompletableFuture<Optional<Dump>> ask(DumpRequests requests) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return requests.ask(WINDOW);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aRequestCausesACycleWhoseThreadTakesTheDump() throws Exception {
        var requests = new DumpRequests(woken::countDown, Duration.ofSeconds(50));
        var answer = ask(requests);
        assertThat(woken.await(50, TimeUnit.SECONDS)).isTrue();
        var takers = new ArrayList<Thread>();
        requests.answer(7, window -> {
            takers.add(Thread.currentThread());
            assertThat(window).isEqualTo(WINDOW);
            return EMPTY;
        });
        assertThat(answer.get()).contains(new Dump(7, EMPTY));
        assertThat(takers).containsExactly(Thread.currentThread());
    }

    @Test
    void aCycleTakesNoDumpIfNobodyAsksOrWaitsAnyLonger() throws Exception {
        var requests = new DumpRequests(() -> {}, Duration.ofMillis(1));
        assertThat(requests.ask(WINDOW)).isEmpty();
        var taken = new ArrayList<DumpWindow>();
        requests.answer(1, window -> {
            taken.add(window);
            return EMPTY;
        });
        assertThat(taken).isEmpty();
    }

    @Test
    void aFailureIsTheAskersAndNotTheCycles() throws Exception {
        var requests = new DumpRequests(woken::countDown, Duration.ofSeconds(50));
        var answer = ask(requests);
        assertThat(woken.await(50, TimeUnit.SECONDS)).isTrue();
        requests.answer(1, window -> {
            throw new IllegalArgumentException("broken");
        });
        assertThatThrownBy(answer::get).isInstanceOf(ExecutionException.class).hasRootCauseMessage("broken");
    }
}
