package dev.smartdispatcher.agent.advise;

import dev.smartdispatcher.agent.advisor.Answers;
import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The questions. What the command line gave is not asked; without a terminal nothing is, and the defaults stand. */
public final class Questions {
    private static final Pattern OBJECT_NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

    private final Given given;
    private final int keptByOthers;
    private final Optional<Terminal> terminal;

    /**
     * @param keptByOthers the default of what the host keeps, in percent: what others were seen to use
     * @param terminal whom to ask, if anybody
     */
    public Questions(Given given, int keptByOthers, Optional<Terminal> terminal) {
        this.given = given;
        this.keptByOthers = keptByOthers;
        this.terminal = terminal;
    }

    /** Asks what is to be asked. Throws {@link AdviseException} if an option is wrong, or the input ends. */
    public Answers ask() throws AdviseException {
        var size = given.cacheBytes();
        var common = Answers.COMMON;
        var jobs = answer(
                given.jobs(),
                new Question<>(
                        "Most jobs are " + Question.words(JobMix.class) + "?",
                        common.jobs().word(),
                        Question.word(JobMix.class)));
        var foreign = answer(
                given.foreign(),
                new Question<>(
                        "Builds for other architectures: " + Question.words(Foreign.class) + "?",
                        common.foreign().word(),
                        Question.word(Foreign.class)));
        boolean vm = answer(given.vm(), new Question<>("Builds run in virtual machines: yes or no?", "no", yesOrNo()));
        var cache = answer(
                fromOption(given.cache()),
                new Question<>(
                        "Storage class for a cache of compilers and packages, or " + Given.NO_CACHE + "?",
                        Given.NO_CACHE,
                        storageClass("")));
        int keep = answer(
                given.keepPercent(),
                new Question<>(
                        "Percent of CPU and memory that the host keeps for other work, 0 to " + Answers.MOST_KEPT + "?",
                        Integer.toString(keptByOthers),
                        percent()));
        return new Answers(jobs, foreign, vm, cache, size, keep);
    }

    private static Optional<String> fromOption(String cache) throws AdviseException {
        try {
            return cache == null ? null : storageClass("--cache: ").apply(cache);
        } catch (IllegalArgumentException e) {
            throw new AdviseException(e.getMessage(), e);
        }
    }

    private <T> T answer(T fromOption, Question<T> question) throws AdviseException {
        if (fromOption != null) {
            return fromOption;
        }
        return terminal.isPresent()
                ? question.answer(terminal.get())
                : question.reader().apply(question.standard());
    }

    private static Function<String, Boolean> yesOrNo() {
        return answer -> switch (answer.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            case "n", "no" -> false;
            default -> throw new IllegalArgumentException("'" + answer + "' is neither yes nor no");
        };
    }

    private static Function<String, Optional<String>> storageClass(String option) {
        return answer -> {
            if (!OBJECT_NAME.matcher(answer).matches()) {
                throw new IllegalArgumentException(
                        option + "'" + answer + "' is no name of a storage class: small letters, digits, - and .");
            }
            return answer.equals(Given.NO_CACHE) ? Optional.empty() : Optional.of(answer);
        };
    }

    private static Function<String, Integer> percent() {
        return answer -> {
            try {
                int percent = Integer.parseInt(answer.replaceFirst(" ?%$", ""));
                if (percent >= 0 && percent <= Answers.MOST_KEPT) {
                    return percent;
                }
            } catch (NumberFormatException e) {
                // Said below, as for a number that is out of range.
            }
            throw new IllegalArgumentException("'" + answer + "' is no number from 0 to " + Answers.MOST_KEPT);
        };
    }
}
