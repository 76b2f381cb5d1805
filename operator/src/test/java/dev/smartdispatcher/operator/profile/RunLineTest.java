package dev.smartdispatcher.operator.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RunLineTest {
    @Test
    void aLineIsReadByPeopleToo() {
        assertThat(RunLine.of(Runs.run(1, 4, 412)))
                .isEqualTo("2026-11-24T06:01:00Z uid=8c1f2a3b-1 n=4 t=30 c=90 m=412Mi d=900Mi s=100 p=100 ok node-7");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (int seed = 0; seed < 200; seed++) {
            for (var run : Runs.random(new Random(seed), 32)) {
                assertThat(RunLine.parse(RunLine.of(run))).as("seed %d", seed).contains(run);
            }
        }
    }

    @Test
    void aLineThatSomebodyEditedIsNoRunOrAnotherOne() {
        var line = RunLine.of(Runs.run(1, 4, 412));
        var random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            var edited = new StringBuilder(line);
            for (int edits = random.nextInt(4); edits >= 0; edits--) {
                edited.setCharAt(random.nextInt(edited.length()), (char) (32 + random.nextInt(95)));
            }
            RunLine.parse(edited.toString());
        }
        assertThat(RunLine.parse("")).isEmpty();
        assertThat(RunLine.parse(line.replace("m=412Mi", "m=999999999999Mi"))).isEmpty();
        assertThat(RunLine.parse(line.replace(" ok ", " fine "))).isEmpty();
        assertThat(RunLine.parse(line.replace("n=4", "n=0"))).isEmpty();
        assertThat(RunLine.parse(line.replace("2026-11-24", "2026-13-24"))).isEmpty();
    }
}
