package dev.smartdispatcher.e2e.embedded.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.embedded.request.Verb;
import java.util.EnumSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class WriteLogTest {
    private static final Write WRITE = new Write(Verb.CREATE, "pods", "default", "p", "", 201, "somebody");

    private final WriteLog log = new WriteLog();

    /** The writer may be held up between what others see of its write and its entry in the log. */
    @Test
    void whoHasSeenAWriteFindsItHere() throws Exception {
        var reading = new FutureTask<>(log::all);
        var reader = new Thread(reading, "reader");
        log.logged(
                () -> {
                    reader.start();
                    while (!EnumSet.of(Thread.State.WAITING, Thread.State.TERMINATED)
                            .contains(reader.getState())) {
                        Thread.onSpinWait();
                    }
                    return "answer";
                },
                answer -> WRITE);
        assertThat(reading.get()).containsExactly(WRITE);
    }

    @Test
    void aRefusedWriteIsNotDone() {
        log.logged(() -> "conflict", answer -> new Write(Verb.CREATE, "pods", "default", "p", "", 409, "somebody"));
        assertThat(log.all()).hasSize(1);
        assertThat(log.doneBy("somebody")).isEmpty();
    }
}
