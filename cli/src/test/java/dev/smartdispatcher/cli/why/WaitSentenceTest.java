package dev.smartdispatcher.cli.why;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitSentenceTest {
    @Test
    void countsAreReadWithWhatIsSaidOfThem() {
        assertThat(WaitSentence.counts(
                        "0/12 workers: 7 WrongArchitecture, 3 Draining, 2 TooLittleMemory (needs 9Gi memory with"
                                + " parallelism 4; nearest: node-3 has 6Gi, but also Draining, Silent)"))
                .containsExactly(
                        new WorkerCount(7, "WrongArchitecture", null),
                        new WorkerCount(3, "Draining", null),
                        new WorkerCount(
                                2,
                                "TooLittleMemory",
                                "needs 9Gi memory with parallelism 4; nearest: node-3 has 6Gi, but also Draining,"
                                        + " Silent"));
    }

    @Test
    void parenthesesWithinAreNoEnd() {
        assertThat(WaitSentence.counts("0/2 workers: 1 WrongFacts (needs local.a (b, c); nearest: n has d), 1 Silent"))
                .containsExactly(
                        new WorkerCount(1, "WrongFacts", "needs local.a (b, c); nearest: n has d"),
                        new WorkerCount(1, "Silent", null));
    }

    @Test
    void whatWasCutOffIsLeftOut() {
        assertThat(WaitSentence.counts("0/3 workers: 2 NoRoom (needs 1 CPU), 1 TooSlow (needs spe…"))
                .containsExactly(new WorkerCount(2, "NoRoom", "needs 1 CPU"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0/0 workers",
                "the namespace already has as many jobs on workers as the DispatchPolicy allows: 4",
                "BuildEnvironment 'debian' does not exist",
                "0/2 workers: ",
                "0/1 workers: )))((( , 99999999999 NoRoom"
            })
    void otherSentencesCountNothing(String sentence) {
        assertThat(WaitSentence.counts(sentence)).isEmpty();
    }
}
