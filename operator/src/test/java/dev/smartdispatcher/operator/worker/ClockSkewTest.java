package dev.smartdispatcher.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSkewTest {
    @ParameterizedTest
    @CsvSource({
        "-30, the node's clock agrees with the API server's within 30 seconds",
        "31, the node's clock is more than 30 seconds ahead of the API server's: ",
        "-240, the node's clock is more than 2 minutes behind the API server's: ",
        "700, the node's clock is more than 10 minutes ahead of the API server's: ",
        "-3600, the node's clock is more than an hour behind the API server's: ",
        "90000, the node's clock is more than a day ahead of the API server's: ",
        "1577836800, the node's clock is more than a year ahead of the API server's: ",
    })
    void toldInStepsThatDoNotChangeWithEachLook(long seconds, String message) {
        var skew = new ClockSkew(Duration.ofSeconds(seconds));
        assertThat(skew.message()).startsWith(message);
        assertThat(skew.isWorthAWarning()).isEqualTo(Math.abs(seconds) > 30);
    }

    /** An agent that lies about its clock is found out by the times that it writes. */
    @Test
    void theWorstCounts() {
        var hour = Optional.of(Duration.ofHours(-1));
        var none = Optional.of(Duration.ZERO);
        assertThat(ClockSkew.worst(none, hour)).contains(new ClockSkew(Duration.ofHours(-1)));
        assertThat(ClockSkew.worst(hour, none)).contains(new ClockSkew(Duration.ofHours(-1)));
        assertThat(ClockSkew.worst(Optional.empty(), none)).contains(new ClockSkew(Duration.ZERO));
        assertThat(ClockSkew.worst(Optional.empty(), Optional.empty())).isEmpty();
    }
}
