package dev.smartdispatcher.cli.manifest;

/**
 * What a reader of an import has to know about one place of the input.
 *
 * @param kind what follows from it
 * @param file as the user named it
 * @param line counted from 1
 * @param text a phrase that names what stands there and says what becomes of it
 */
public record Remark(Kind kind, String file, int line, String text) {
    /** What follows from a remark. */
    public enum Kind {
        /** The output says nothing of it. */
        NOT_CARRIED_OVER("not carried over"),
        /** The output says it in another way, or with another meaning. */
        NOTE("note");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** One line, as {@code FILE:LINE: not carried over: TEXT}. */
    public String sentence() {
        return file + ":" + line + ": " + kind.words + ": " + text;
    }
}
