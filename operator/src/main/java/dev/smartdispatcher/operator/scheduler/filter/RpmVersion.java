package dev.smartdispatcher.operator.scheduler.filter;

import java.util.regex.Pattern;

/**
 * Version comparison as RPM's rpmvercmp does it: segments of digits and of letters from left to right, digits newer than
 * letters, {@code ~} older than the end, {@code ^} newer than the end; everything else only separates. Source:
 * rpm-version(7).
 */
public final class RpmVersion {
    private static final Pattern SEPARATORS = Pattern.compile("^[^A-Za-z0-9~^]+");
    private static final Pattern DIGITS = Pattern.compile("^[0-9]+");
    private static final Pattern LETTERS = Pattern.compile("^[A-Za-z]+");

    private RpmVersion() {}

    /** Negative, zero or positive as {@code left} is older than, equal to or newer than {@code right}. */
    public static int compare(String left, String right) {
        var a = left;
        var b = right;
        while (true) {
            a = SEPARATORS.matcher(a).replaceFirst("");
            b = SEPARATORS.matcher(b).replaceFirst("");
            if (a.startsWith("~") || b.startsWith("~")) {
                if (!a.startsWith("~")) {
                    return 1;
                }
                if (!b.startsWith("~")) {
                    return -1;
                }
                a = a.substring(1);
                b = b.substring(1);
                continue;
            }
            if (a.startsWith("^") || b.startsWith("^")) {
                if (a.isEmpty() || b.isEmpty()) {
                    return a.isEmpty() ? -1 : 1;
                }
                if (!a.startsWith("^") || !b.startsWith("^")) {
                    return a.startsWith("^") ? -1 : 1;
                }
                a = a.substring(1);
                b = b.substring(1);
                continue;
            }
            if (a.isEmpty() || b.isEmpty()) {
                return Boolean.compare(!a.isEmpty(), !b.isEmpty());
            }
            var numeric = Character.isDigit(a.charAt(0));
            var first = segment(a, numeric);
            var second = segment(b, numeric);
            if (second.isEmpty()) {
                return numeric ? 1 : -1;
            }
            int order = numeric ? compareNumbers(first, second) : first.compareTo(second);
            if (order != 0) {
                return order;
            }
            a = a.substring(first.length());
            b = b.substring(second.length());
        }
    }

    private static String segment(String text, boolean numeric) {
        var matcher = (numeric ? DIGITS : LETTERS).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static int compareNumbers(String first, String second) {
        var a = first.replaceFirst("^0+", "");
        var b = second.replaceFirst("^0+", "");
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }
}
