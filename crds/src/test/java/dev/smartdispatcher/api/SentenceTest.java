package dev.smartdispatcher.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.job.status.AttemptBuilder;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.api.worker.facts.Problem;
import org.junit.jupiter.api.Test;

class SentenceTest {
    private static final String LONGEST = "x".repeat(1024);
    private static final String CUT = "x".repeat(1023) + "…";

    @Test
    void onlyWhatIsTooLongIsCut() {
        assertThat(Sentence.of(null)).isNull();
        assertThat(Sentence.of(LONGEST)).isEqualTo(LONGEST);
        assertThat(Sentence.of(LONGEST + "y")).isEqualTo(CUT);
    }

    @Test
    void noCharacterIsCutInTwo() {
        assertThat(Sentence.of("x".repeat(1022) + "\uD83D\uDE00" + "y")).isEqualTo("x".repeat(1022) + "…");
    }

    /** What is left of a character would come back from the API server as another one. */
    @Test
    void theEndOfAnOutputBeginsWithAWholeCharacter() {
        var smile = "\uD83D\uDE00";
        assertThat(withOutput(smile + "y".repeat(2046))).isEqualTo(smile + "y".repeat(2046));
        assertThat(withOutput(smile + "y".repeat(2047))).isEqualTo("y".repeat(2047));
        assertThat(withOutput(smile + "y".repeat(2048))).isEqualTo("y".repeat(2048));
        assertThat(withOutput(null)).isNull();
    }

    private static String withOutput(String lines) {
        return AttemptBuilder.builder().lastLines(lines).build().lastLines();
    }

    @Test
    void noRecordHoldsOneThatIsTooLong() {
        var text = LONGEST + "y";
        assertThat(new Condition("T", Condition.Status.True, 1L, null, "R", text).message())
                .isEqualTo(CUT);
        assertThat(Waiting.of(Reason.NoRoom, text).message()).isEqualTo(CUT);
        assertThat(AttemptBuilder.builder().message(text).build().message()).isEqualTo(CUT);
        assertThat(new Problem("probe", text).message()).isEqualTo(CUT);
    }
}
