package dev.smartdispatcher.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.smartdispatcher.agent.ManualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OccasionalTest {
    private final ManualClock clock = new ManualClock();
    private final Counting counting = new Counting();
    private final Occasional occasional = new Occasional(counting, Duration.ofMinutes(5), clock);

    @Test
    void looksAgainOnlyWhenItIsTime() throws IOException {
        Probe.Finding first = occasional.look();
        clock.advanceSeconds(299);
        assertThat(occasional.look()).isSameAs(first);
        assertThat(counting.looks).isEqualTo(1);
        clock.advanceSeconds(1);
        occasional.look();
        assertThat(counting.looks).isEqualTo(2);
    }

    @Test
    void aFailureIsNotRemembered() throws IOException {
        counting.fails = true;
        assertThatIOException().isThrownBy(occasional::look);
        counting.fails = false;
        assertThat(occasional.look()).isNotNull();
        assertThat(counting.looks).isEqualTo(2);
    }

    @Test
    void aClockThatWasSetBackDoesNotStopIt() throws IOException {
        occasional.look();
        clock.advance(Duration.ofDays(-1));
        occasional.look();
        assertThat(counting.looks).isEqualTo(2);
    }

    @Test
    void keepsTheName() {
        assertThat(occasional.name()).isEqualTo("counting");
    }

    private static final class Counting implements Probe {
        private int looks;
        private boolean fails;

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public Finding look() throws IOException {
            looks++;
            if (fails) {
                throw new IOException("No.");
            }
            return Finding.NOTHING;
        }
    }
}
