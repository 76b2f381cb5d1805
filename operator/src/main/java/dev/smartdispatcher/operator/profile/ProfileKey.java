package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.operator.packages.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Whose profile it is: a package of a namespace, as one architecture builds it for another.
 *
 * @param packageName as jobs name it
 */
public record ProfileKey(String namespace, String packageName, String hostArch, String targetArch) {
    /** So that the whole name stays within the 63 characters of a label. */
    private static final int LONGEST_PACKAGE = 32;

    private static final int HASH = 8;

    /**
     * The name of the profile: package, host and target as far as a DNS label can tell them, and a part of a digest of what they
     * really are, which keeps {@code a_b} and {@code a-b} apart.
     */
    public String name() {
        var readable = label(packageName);
        var cut = readable.length() <= LONGEST_PACKAGE ? readable : trimmed(readable.substring(0, LONGEST_PACKAGE));
        return (cut.isEmpty() ? "package" : cut) + "-" + label(hostArch) + "-" + label(targetArch) + "-" + hash();
    }

    private String hash() {
        var text = String.join("\n", packageName, hostArch, targetArch);
        var digest = Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, HASH);
    }

    private static String label(String text) {
        return trimmed(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    }

    private static String trimmed(String text) {
        return text.replaceAll("^-+|-+$", "");
    }
}
