package dev.smartdispatcher.cli.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that somebody probably meant. */
final class Nearest {
    /** A name with more wrong characters than one in three is another name. */
    private static final int ONE_IN = 3;

    private Nearest() {}

    /** {@code ; did you mean 'NAME'?}, or nothing if no name is near. */
    static String suggestion(String typed, Collection<String> names) {
        return of(typed, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** The nearest name: one of which the typed one is a part, or one with few other characters. */
    static Optional<String> of(String typed, Collection<String> names) {
        return names.stream()
                .filter(name -> name.contains(typed) || distance(typed, name) <= Math.max(1, typed.length() / ONE_IN))
                .min(Comparator.comparing((String name) -> distance(typed, name))
                        .thenComparing(name -> name));
    }

    /** Characters to insert, delete, replace or swap with the next one (optimal string alignment). */
    static int distance(String from, String to) {
        var table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                table[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(table, from, to, i, j);
            }
        }
        return table[from.length()][to.length()];
    }

    private static int step(int[][] table, String from, String to, int i, int j) {
        int other = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(table[i - 1][j - 1] + other, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
