package dev.smartdispatcher.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table<String> table =
            new Table<String>().column("NAME", row -> row).state("STATE", row -> row.equals("b") ? null : "Failed");

    @Test
    void onlyATerminalSeesColours() {
        assertThat(table.lines(List.of("a", "b"), Paint.NONE))
                .containsExactly("NAME  STATE", "a     Failed", "b     -");
        assertThat(table.lines(List.of("a", "b"), Paint.TERMINAL))
                .containsExactly("NAME  STATE", "a     \u001b[31mFailed\u001b[0m", "b     -");
    }

    /** A cluster can say anything; a terminal does what control characters tell it. */
    @Test
    void aRowIsALineOfPlainText() {
        assertThat(table.lines(List.of("x\n\u001b[2Jy", "z".repeat(2000)), Paint.NONE))
                .hasSize(3)
                .anyMatch(line -> line.startsWith("x [2Jy  "));
    }

    @Test
    void fiveThousandRowsAreAsManyLines() {
        var rows = IntStream.range(0, 5000).mapToObj(i -> "job-" + i).toList();
        assertThat(table.lines(rows, Paint.NONE)).hasSize(5001);
    }
}
