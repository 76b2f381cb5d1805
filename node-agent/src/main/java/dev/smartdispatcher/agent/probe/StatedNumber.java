package dev.smartdispatcher.agent.probe;

import java.io.IOException;

/** Numbers that files of the host state: what is none, or cannot be true, is a sentence for {@code problems[]}. */
public final class StatedNumber {
    private static final int LONGEST_QUOTE = 40;

    private StatedNumber() {}

    /**
     * A whole number from 0 to {@code most}.
     *
     * @param file that states it, for the sentence
     * @throws IOException if the text is no such number
     */
    public static long whole(String text, String file, long most) throws IOException {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(text, file, most);
    }

    /** A number from 0 to {@code most}, rounded; otherwise as {@link #whole}. */
    public static long rounded(String text, String file, long most) throws IOException {
        try {
            double number = Double.parseDouble(text);
            if (number >= 0 && number <= most) {
                return Math.round(number);
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw wrong(text, file, most);
    }

    private static IOException wrong(String text, String file, long most) {
        String quote = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
        return new IOException(file + " has '" + quote + "' in place of a number from 0 to " + most + ".");
    }
}
