package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckOutputTest {
    private static final String PASSED = "smart-dispatcher-check: exited 0\n";

    @Test
    void linesWithAKeyAndAValueAreAttributes() {
        var output = CheckOutput.of(PASSED + "looking\ncount=8\n  free.inodes=1200  \nKey=no\nx= no\n=no\na=b=c\nend");
        assertThat(output.ended()).isEqualTo("exited");
        assertThat(output.exitCode()).isEqualTo(OptionalInt.of(0));
        assertThat(output.attributes()).containsExactly(Map.entry("count", "8"), Map.entry("free.inodes", "1200"));
        assertThat(output.text()).isEqualTo("looking Key=no x= no =no a=b=c end");
    }

    @Test
    void theLastValueOfAKeyCounts() {
        assertThat(CheckOutput.of(PASSED + "n=1\nn=2\n").attributes()).containsExactly(Map.entry("n", "2"));
    }

    @Test
    void thereAreNotMoreThanThirtyTwoAndTheyAreNotLong() {
        var many = IntStream.range(0, 100).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining("\n"));
        assertThat(CheckOutput.of(PASSED + many).attributes())
                .hasSize(32)
                .containsKeys("k99", "k68")
                .doesNotContainKey("k67");
        var long1 = IntStream.range(0, 32)
                .mapToObj(i -> "key-" + i + "=" + "v".repeat(60))
                .collect(Collectors.joining("\n"));
        var kept = CheckOutput.of(PASSED + long1).attributes();
        assertThat(kept.entrySet().stream()
                        .mapToInt(e -> e.getKey().length() + e.getValue().length())
                        .sum())
                .isBetween(500, 640);
    }

    @Test
    void aValueThatIsTooLongIsText() {
        var output = CheckOutput.of(PASSED + "k=" + "v".repeat(64));
        assertThat(output.attributes()).isEmpty();
        assertThat(output.text()).startsWith("k=vvv");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "\n",
                "exited 0",
                "smart-dispatcher-check: exited",
                "smart-dispatcher-check: exited 1000",
                "smart-dispatcher-check: exited -1",
                "x\nsmart-dispatcher-check: exited 0"
            })
    void aReportThatDoesNotSayHowItEndedSaysNothing(String report) {
        var output = CheckOutput.of(report);
        assertThat(output.ended()).isEmpty();
        assertThat(output.exitCode()).isEmpty();
    }

    @Test
    void whatIsNotPrintableIsReplaced() {
        assertThat(CheckOutput.of(PASSED + "caf\u00e9\u0007 \u202e").text()).isEqualTo("caf?? ?");
    }
}
