package dev.smartdispatcher.operator.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** What random cases are made of; bounds come up far more often than by chance. */
public final class Draw {
    private Draw() {}

    /** A number from least to most: one in eight times either of them, half of the other times one of few digits. */
    public static long between(Random random, long least, long most) {
        switch (random.nextInt(16)) {
            case 0, 1:
                return least;
            case 2, 3:
                return most;
            default:
                long all = most - least;
                long range = random.nextBoolean()
                        ? all
                        : all >>> random.nextInt(Long.SIZE - Long.numberOfLeadingZeros(all) + 1);
                return least + random.nextLong(range + 1);
        }
    }

    /** As {@link #between(Random, long, long)}. */
    public static int between(Random random, int least, int most) {
        return (int) between(random, (long) least, (long) most);
    }

    /** One of these. */
    @SafeVarargs
    public static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** None to as many as said, each made anew. */
    public static <T> List<T> list(Random random, int most, Function<Random, T> one) {
        var list = new ArrayList<T>();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            list.add(one.apply(random));
        }
        return list;
    }

    /** Any text of Java's, so also with control characters, and with halves of surrogate pairs. */
    public static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            int kind = random.nextInt(4);
            text.append((char)
                    (kind == 0
                            ? between(random, 0, Character.MAX_VALUE)
                            : kind == 1 ? 0xd800 + random.nextInt(0x800) : random.nextInt(0x80)));
        }
        return text.toString();
    }
}
