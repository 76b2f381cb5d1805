package dev.smartdispatcher.arch;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text of a quantity. The text's length and exponent, then the amount's decimal places are looked at before anything
 * is computed: {@code 9e99999999999} is refused as fast as {@code 9e20}.
 */
final class QuantityText {
    private static final Pattern FORM = Pattern.compile(QuantityForm.PATTERN);

    /** Decimal places of the first digit: of 4Pi 15, of 1n -9; by one more, since binary units are told to the next lower power. */
    private static final int MOST_PLACES = 16;

    private static final int LEAST_PLACES = -10;

    private static final BigDecimal MOST = BigDecimal.valueOf(Quantities.MOST);
    private static final BigDecimal LEAST = BigDecimal.ONE.movePointLeft(9);

    private static final Map<String, Integer> DECIMAL =
            Map.of("n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    /** As powers of 1024. */
    private static final Map<String, Integer> BINARY = Map.of("Ki", 1, "Mi", 2, "Gi", 3, "Ti", 4, "Pi", 5, "Ei", 6);

    private QuantityText() {}

    static boolean isInForm(String text) {
        return text.length() <= QuantityForm.LONGEST && FORM.matcher(text).matches();
    }

    /** The amount, exactly; see {@link Quantities#bytes} for what is refused. */
    static BigDecimal amount(String text) {
        if (text.length() > QuantityForm.LONGEST) {
            throw new IllegalArgumentException("quantity " + text.substring(0, QuantityForm.LONGEST)
                    + "\u2026 is longer than " + QuantityForm.LONGEST + " characters");
        }
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no quantity, as 512Mi, 1500m or 2e9");
        }
        return scaled(text, parts);
    }

    private static BigDecimal scaled(String text, Matcher parts) {
        var digits = text.substring(0, parts.end(1));
        var unit = parts.group(3) == null ? "" : parts.group(3);
        var first = places(parts.group(1));
        if (first == null) {
            return BigDecimal.ZERO;
        }
        int binary = BINARY.getOrDefault(unit, 0);
        int exponent = binary > 0 || unit.isEmpty() ? 0 : exponent(unit);
        int places = first + exponent + 3 * binary;
        if (places > MOST_PLACES) {
            throw beyond(text);
        }
        if (places < LEAST_PLACES) {
            throw tooSmall(text);
        }
        var amount = new BigDecimal(digits).scaleByPowerOfTen(exponent).multiply(BigDecimal.valueOf(1L << 10 * binary));
        if (amount.abs().compareTo(MOST) > 0) {
            throw beyond(text);
        }
        if (amount.abs().compareTo(LEAST) < 0) {
            throw tooSmall(text);
        }
        return amount;
    }

    private static int exponent(String unit) {
        return DECIMAL.containsKey(unit) ? DECIMAL.get(unit) : Integer.parseInt(unit.substring(1));
    }

    /** Decimal places of the first digit that is not 0, as 2 for 123 and -2 for 0.05; null if there is none. */
    private static Integer places(String digits) {
        int point = digits.indexOf('.') < 0 ? digits.length() : digits.indexOf('.');
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= '1' && digits.charAt(i) <= '9') {
                return i < point ? point - i - 1 : point - i;
            }
        }
        return null;
    }

    static IllegalArgumentException beyond(String text) {
        return new IllegalArgumentException("quantity " + text + " exceeds the maximum of 4Pi");
    }

    private static IllegalArgumentException tooSmall(String text) {
        return new IllegalArgumentException("quantity " + text + " is smaller than 1n and not 0");
    }
}
