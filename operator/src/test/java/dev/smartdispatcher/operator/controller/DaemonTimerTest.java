package dev.smartdispatcher.operator.controller;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DaemonTimerTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    private final DaemonTimer timer = new DaemonTimer("test");

    @AfterEach
    void close() {
        timer.close();
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("of a test"), new NoClassDefFoundError("of a test"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsIsDoneAgain(Throwable failure) {
        var runs = new AtomicInteger();
        timer.each(Duration.ZERO, SHORT, () -> {
            runs.incrementAndGet();
            fail(failure);
        });
        await().until(() -> runs.get() > 2);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatFailsHoldsUpNothingElse(Throwable failure) {
        var done = new AtomicBoolean();
        timer.after(Duration.ZERO, () -> fail(failure));
        timer.after(SHORT, () -> done.set(true));
        await().untilTrue(done);
    }

    @Test
    void whoAsksAfterTheCloseIsNotRefused() {
        timer.close();
        assertThatCode(() -> timer.after(Duration.ZERO, () -> {})).doesNotThrowAnyException();
    }

    @Test
    void itKeepsNoProcessFromEnding() {
        var daemon = new AtomicBoolean();
        timer.after(Duration.ZERO, () -> daemon.set(Thread.currentThread().isDaemon()));
        await().untilTrue(daemon);
    }

    private static void fail(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
