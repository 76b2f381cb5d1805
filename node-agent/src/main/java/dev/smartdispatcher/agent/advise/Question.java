package dev.smartdispatcher.agent.advise;

import java.util.Locale;
import java.util.function.Function;

/**
 * A question with its default.
 *
 * @param text without the default
 * @param standard what no answer means, as it would be typed
 * @param reader of an answer; throws {@link IllegalArgumentException} with what would be right
 */
record Question<T>(String text, String standard, Function<String, T> reader) {

    /** Asks until the answer can be read; no answer is the default. Throws if the input ends. */
    T answer(Terminal terminal) throws AdviseException {
        while (true) {
            String line = terminal.ask(text + " [" + standard + "] ")
                    .orElseThrow(() -> new AdviseException("the input ended before all questions were answered:"
                            + " nothing was written. --yes takes the defaults without asking."));
            String answer = line.strip();
            try {
                return reader.apply(answer.isEmpty() ? standard : answer);
            } catch (IllegalArgumentException e) {
                terminal.say("  " + e.getMessage());
            }
        }
    }

    /** Reads one of some words, of which a beginning that fits no other is enough. */
    static <E extends Enum<E>> Function<String, E> word(Class<E> kind) {
        return answer -> {
            E found = null;
            for (E each : kind.getEnumConstants()) {
                if (each.name().toLowerCase(Locale.ROOT).startsWith(answer.toLowerCase(Locale.ROOT))) {
                    found = each;
                    break;
                }
            }
            if (found == null) {
                throw new IllegalArgumentException("'" + answer + "' is none of " + words(kind));
            }
            return found;
        };
    }

    /** The words that {@link #word} reads. */
    static <E extends Enum<E>> String words(Class<E> kind) {
        var words = new StringBuilder();
        E[] all = kind.getEnumConstants();
        for (int i = 0; i < all.length; i++) {
            words.append(i == 0 ? "" : i == all.length - 1 ? " or " : ", ")
                    .append(all[i].name().toLowerCase(Locale.ROOT));
        }
        return words.toString();
    }
}
