package dev.smartdispatcher.agent.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.agent.advisor.Answers;
import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionsTest {
    private static final Given NOTHING = new Given(null, null, null, null, null, null);

    @Test
    void enterEnterEnterIsTheMostCommonFarm() throws AdviseException {
        var terminal = new ScriptedTerminal("", "", "", "", "");
        assertThat(ask(NOTHING, 0, terminal)).isEqualTo(Answers.COMMON);
        assertThat(terminal.shown).hasSize(5).allMatch(prompt -> prompt.matches(".*\\? \\[\\w+\\] "));
    }

    @Test
    void withoutATerminalNothingIsAskedAndTheDefaultsStand() throws AdviseException {
        assertThat(new Questions(NOTHING, 0, Optional.empty()).ask()).isEqualTo(Answers.COMMON);
        assertThat(new Questions(NOTHING, 30, Optional.empty()).ask().keepPercent())
                .isEqualTo(30);
    }

    @Test
    void answersMayBeShortOrLong() throws AdviseException {
        assertThat(ask(NOTHING, 0, new ScriptedTerminal("h", "EMULATED", "y", "local-path", "25 %")))
                .isEqualTo(new Answers(
                        JobMix.Huge, Foreign.Emulated, true, Optional.of("local-path"), OptionalLong.empty(), 25));
    }

    @Test
    void whatTheCommandLineGaveIsNotAsked() throws AdviseException {
        var terminal = new ScriptedTerminal("none", "15");
        var given = new Given(JobMix.Small, null, false, "fast", "20Gi", null);
        assertThat(ask(given, 0, terminal))
                .isEqualTo(new Answers(
                        JobMix.Small, Foreign.None, false, Optional.of("fast"), OptionalLong.of(20L << 30), 15));
        assertThat(terminal.shown).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"-1", "91", "1e3", "99999999999", "ten", "25%%"})
    void aPartThatCannotBeIsAskedAgain(String answer) throws AdviseException {
        var terminal = new ScriptedTerminal("", "", "", "", answer, "90");
        assertThat(ask(NOTHING, 0, terminal).keepPercent()).isEqualTo(90);
        assertThat(terminal.shown).contains("  '" + answer + "' is no number from 0 to 90");
    }

    @Test
    void eachWrongAnswerIsAskedAgainWithWhatWouldBeRight() throws AdviseException {
        var terminal =
                new ScriptedTerminal("enormous", "small", "qemu", "cross", "maybe", "no", "Fast Disk", "fast", "0");
        assertThat(ask(NOTHING, 0, terminal).cacheClass()).contains("fast");
        assertThat(terminal.shown)
                .contains(
                        "  'enormous' is none of small, mixed or huge",
                        "  'qemu' is none of none, cross or emulated",
                        "  'maybe' is neither yes nor no",
                        "  'Fast Disk' is no name of a storage class: small letters, digits, - and .");
    }

    @Test
    void anEndInTheMiddleIsNoAnswer() {
        assertThatThrownBy(() -> ask(NOTHING, 0, new ScriptedTerminal("small", "")))
                .isInstanceOf(AdviseException.class)
                .hasMessageContaining("nothing was written")
                .hasMessageContaining("--yes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0    | --cache-size: must be more than 0, not 0
            -5Gi | --cache-size: must be more than 0, not -5Gi
            lots | --cache-size: 'lots' is no amount such as 50Gi
            9Ei  | --cache-size: '9Ei' is no amount such as 50Gi
            """)
    void aSizeThatCannotBeIsRefused(String size, String message) {
        var given = new Given(null, null, null, "fast", size, null);
        assertThatThrownBy(() -> ask(given, 0, new ScriptedTerminal())).hasMessage(message);
    }

    private static Answers ask(Given given, int others, Terminal terminal) throws AdviseException {
        return new Questions(given, others, Optional.of(terminal)).ask();
    }
}
