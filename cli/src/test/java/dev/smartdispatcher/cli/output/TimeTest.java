package dev.smartdispatcher.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTest {
    @ParameterizedTest
    @CsvSource({
        "-5, 0s",
        "0, 0s",
        "119, 119s",
        "120, 2m",
        "252, 4m12s",
        "600, 10m",
        "659, 10m",
        "10799, 179m",
        "10800, 3h",
        "19200, 5h20m",
        "28800, 8h",
        "172799, 47h",
        "172800, 2d"
    })
    void lengthsAreReadAsKubectlShowsThem(long seconds, String text) {
        assertThat(Time.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"90m, 5400", "1h30m, 5400", "2d, 172800", "1d1h1m1s, 90061", "45s, 45"})
    void lengthsAreTyped(String typed, long seconds) {
        assertThat(Time.parse(typed)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "0s", "-5m", "5m5", "1m1h", "5 m", "99999999999s", "tomorrow"})
    void anythingElseIsRefusedInWords(String typed) {
        assertThatThrownBy(() -> Time.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + typed + "' is no");
    }
}
