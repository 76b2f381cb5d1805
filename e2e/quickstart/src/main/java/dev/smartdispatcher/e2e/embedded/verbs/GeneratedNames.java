package dev.smartdispatcher.e2e.embedded.verbs;

import java.security.SecureRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** The names that {@code generateName} asks for: the prefix and five letters, none of which spell anything. */
final class GeneratedNames {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int LENGTH = 5;

    private final RandomGenerator random = new SecureRandom();

    String next(String prefix, Predicate<String> taken) {
        String name;
        do {
            var suffix = new StringBuilder(prefix);
            random.ints(LENGTH, 0, LETTERS.length()).forEach(i -> suffix.append(LETTERS.charAt(i)));
            name = suffix.toString();
        } while (taken.test(name));
        return name;
    }
}
