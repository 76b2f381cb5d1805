package dev.smartdispatcher.operator.testing;

import java.util.Arrays;
import java.util.Random;

/** Random numbers that are kept, so that a case can be made again with some of them changed: zeros follow the last. */
final class Choices extends Random {
    private static final long serialVersionUID = 1;
    /** A generator that draws until it likes the number would not end on zeros. */
    private static final int MOST_ZEROS = 100_000;

    private final Random source;
    private int[] made;
    private int drawn;

    private Choices(Random source, int[] made) {
        super(0);
        this.source = source;
        this.made = made;
    }

    /** Thrown if more numbers are drawn than such a case can need. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    static Choices of(long seed) {
        // Neighbouring seeds would begin alike.
        return new Choices(new Random(seed * 0x9E3779B97F4A7C15L), new int[64]);
    }

    /** The same numbers again, then zeros. */
    static Choices again(int[] made) {
        return new Choices(null, made);
    }

    @Override
    protected int next(int bits) {
        int value = source == null ? replayed() : kept(source.nextInt());
        drawn++;
        return value >>> (Integer.SIZE - bits);
    }

    private int replayed() {
        if (drawn > made.length + MOST_ZEROS) {
            throw new Exhausted();
        }
        return drawn < made.length ? made[drawn] : 0;
    }

    private int kept(int value) {
        if (drawn == made.length) {
            made = Arrays.copyOf(made, 2 * drawn);
        }
        made[drawn] = value;
        return value;
    }

    /** All that were drawn until now. */
    int[] made() {
        return Arrays.copyOf(made, Math.min(drawn, made.length));
    }
}
