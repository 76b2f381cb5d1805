package dev.smartdispatcher.api;

/**
 * Text for people in a status. It may quote what others wrote, at any length; the schema bounds it, and a status with one that
 * is too long would be refused whole, each time.
 */
public final class Sentence {
    /** In characters. */
    public static final int LONGEST = 1024;

    private Sentence() {}

    /** {@code text} as the schema takes it, with a mark where it was cut; null for null. */
    public static String of(String text) {
        return text == null || text.length() <= LONGEST ? text : Excerpt.beginning(text, LONGEST - 1) + "…";
    }
}
