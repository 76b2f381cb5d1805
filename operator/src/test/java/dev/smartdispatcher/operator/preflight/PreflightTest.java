package dev.smartdispatcher.operator.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PreflightTest {
    @Test
    void aCheckThatFailsIsMadeAgain() {
        var checks = new AtomicInteger();
        try (var preflight = new Preflight(
                () -> {
                    switch (checks.incrementAndGet()) {
                        case 1 -> throw new NoClassDefFoundError("of a test");
                        case 2 -> throw new IllegalStateException("of a test");
                        default -> {
                            return List.of();
                        }
                    }
                },
                Duration.ofMillis(1),
                Duration.ofHours(1))) {
            preflight.start();
            assertTimeoutPreemptively(Duration.ofMinutes(1), preflight::await);
            assertThat(preflight.problems()).isEmpty();
        }
    }
}
