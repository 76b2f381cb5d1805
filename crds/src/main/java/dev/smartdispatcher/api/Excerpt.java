package dev.smartdispatcher.api;

/**
 * The beginning or the end of a text. No character is cut in two: the API server would hand out the half that is left as another
 * one, so that what was written and what is read differ for ever.
 */
public final class Excerpt {
    private Excerpt() {}

    /** At most {@code most} characters (of Java's, UTF-16) from the beginning. */
    public static String beginning(String text, int most) {
        return text.length() <= most ? text : text.substring(0, splits(text, most) ? most - 1 : most);
    }

    /** At most {@code most} characters from the end. */
    public static String end(String text, int most) {
        int from = text.length() - most;
        return from <= 0 ? text : text.substring(splits(text, from) ? from + 1 : from);
    }

    /** Whether a cut before index {@code at}, which is within the text, goes through a surrogate pair. */
    private static boolean splits(String text, int at) {
        return at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }
}
