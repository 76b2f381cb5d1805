package dev.smartdispatcher.arch;

/**
 * How a quantity may be written, as the schema says it: what is longer, or has a longer exponent, costs whoever computes with it
 * minutes (the API server too: a rule that compares {@code 1e-4000000} with 0 holds it for half a minute). So the schema's rules
 * look at the text and never compute.
 */
public final class QuantityForm {
    /** In characters. */
    public static final int LONGEST = 32;

    private static final String AMOUNT = "([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
    private static final String UNIT = "([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]{1,2})?";

    public static final String PATTERN = "^[+-]?" + AMOUNT + UNIT + "$";

    /** The same for what must not be negative. Not a CEL rule where there may be many, as each would count with its cost. */
    public static final String NOT_NEGATIVE = "^\\+?" + AMOUNT + UNIT + "$";

    /** After a quantity's text in CEL: it is more than 0. */
    public static final String CEL_POSITIVE = ".matches('^[+]?[0.]*[1-9]')";

    /** After a quantity's text in CEL: it is less than 0. */
    public static final String CEL_NEGATIVE = ".matches('^-[0.]*[1-9]')";

    private QuantityForm() {}
}
