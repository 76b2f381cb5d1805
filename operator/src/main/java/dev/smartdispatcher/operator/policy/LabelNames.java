package dev.smartdispatcher.operator.policy;

import java.util.Optional;
import java.util.regex.Pattern;

/** The form of label keys and values, which is that of taints too. */
public final class LabelNames {
    private static final int LONGEST = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private LabelNames() {}

    /** What is wrong with a key. */
    public static Optional<String> problemOfKey(String key) {
        int slash = key.indexOf('/');
        var name = key.substring(slash + 1);
        boolean right = isName(name)
                && (slash < 0
                        || slash <= LONGEST_PREFIX
                                && PREFIX.matcher(key.substring(0, slash)).matches());
        return right
                ? Optional.empty()
                : Optional.of(
                        "'" + key
                                + "' is not a valid label key, such as app or example.com/app (at most 63 characters after the /)");
    }

    /** What is wrong with a value. */
    public static Optional<String> problemOfValue(String value) {
        return value.isEmpty() || isName(value)
                ? Optional.empty()
                : Optional.of("'" + value + "' is not a valid label value: at most 63 letters, digits, -, _ and ."
                        + ", with a letter or digit at both ends");
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }
}
