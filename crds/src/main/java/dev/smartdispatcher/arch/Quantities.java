package dev.smartdispatcher.arch;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Kubernetes quantities as whole bytes and millicores, and back in the shortest exact form. */
public final class Quantities {
    /**
     * The largest amount that counts, 4Pi: so large that nobody has it, so small that 1024 times it, the most that a build
     * can ask for, still is a long.
     */
    public static final long MOST = 1L << 52;

    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    private Quantities() {}

    /**
     * Bytes, rounded up. Throws {@link IllegalArgumentException} for text that is no quantity, and for one whose amount is
     * neither 0 nor within 1n and {@link #MOST}; that costs next to nothing whatever the text.
     */
    public static long bytes(Quantity quantity) {
        return whole(QuantityText.amount(quantity.toString()), quantity);
    }

    /** Thousandths of a CPU, rounded up; refused as in {@link #bytes}. */
    public static long millis(Quantity quantity) {
        return whole(QuantityText.amount(quantity.toString()).movePointRight(3), quantity);
    }

    /** The exact amount of a text, refused as in {@link #bytes}. */
    public static BigDecimal amount(String text) {
        return QuantityText.amount(text);
    }

    /** Throws {@link IllegalArgumentException} for a text that nobody may count with: not in form, or beyond the bounds. */
    public static void check(String text) {
        QuantityText.amount(text);
    }

    /** Whether a text is a quantity as the schema takes it, of whatever amount: it costs next to nothing to compute with. */
    public static boolean isInForm(String text) {
        return QuantityText.isInForm(text);
    }

    /** A number of bytes as {@code 1456Mi}: the largest binary unit that is exact. */
    public static Quantity ofBytes(long bytes) {
        return new Quantity(formatBytes(bytes));
    }

    /** Thousandths of a CPU as {@code 1500m}, or {@code 2} when whole. */
    public static Quantity ofMillis(long millis) {
        return new Quantity(formatMillis(millis));
    }

    /** The text of {@link #ofBytes}. */
    public static String formatBytes(long bytes) {
        int unit = 0;
        long amount = bytes;
        while (amount != 0 && amount % 1024 == 0 && unit < BINARY.length - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + BINARY[unit];
    }

    /** The text of {@link #ofMillis}. */
    public static String formatMillis(long millis) {
        return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
    }

    /** Bytes for people, as {@code 900.5Gi}: in the largest unit of which there is one, to a tenth. */
    public static String readBytes(long bytes) {
        int unit = 0;
        double amount = bytes;
        while (amount >= 1024 && unit < BINARY.length - 1) {
            amount /= 1024;
            unit++;
        }
        return BigDecimal.valueOf(amount)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                + BINARY[unit];
    }

    private static long whole(BigDecimal amount, Quantity quantity) {
        if (amount.abs().compareTo(BigDecimal.valueOf(MOST)) > 0) {
            throw QuantityText.beyond(quantity.toString());
        }
        return amount.setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
