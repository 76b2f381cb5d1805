package dev.smartdispatcher.operator.packages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;

/**
 * Everything that a pod gets from its environment, for one (hostArch, targetArch, mode).
 *
 * @param preinstall unpacked into the empty root first
 * @param install installed by the package manager
 * @param noInstall not (re)installed even if something requires it; disjoint from {@code install}
 * @param remove in none of the other lists
 * @param image of the worker pod
 * @param env of the build, in the order of the rules
 * @param command of a job that has none
 * @param setup installer and fields of pods, as a text that is another one for other values; empty if there are none
 */
public record PackagePlan(
        SortedSet<String> preinstall,
        SortedSet<String> install,
        SortedSet<String> noInstall,
        SortedSet<String> remove,
        String image,
        Map<String, String> env,
        List<String> command,
        String setup) {

    /** For an environment that has no installer and sets no field of pods. */
    public PackagePlan(
            SortedSet<String> preinstall,
            SortedSet<String> install,
            SortedSet<String> noInstall,
            SortedSet<String> remove,
            String image,
            Map<String, String> env,
            List<String> command) {
        this(preinstall, install, noInstall, remove, image, env, command, "");
    }

    /** SHA-256 over the lists, as {@code sha256:HEX}: equal lists have equal digests, wherever they come from. */
    public String listDigest() {
        var sha = sha256();
        for (var list : List.of(preinstall, install, noInstall, remove)) {
            sha.update((String.join("\n", list) + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
        return text(sha);
    }

    /** SHA-256 over the whole plan, as {@code sha256:HEX}: pods of plans with equal digests get the same from their environment. */
    public String planDigest() {
        var sha = sha256();
        for (var list : List.of(
                preinstall, install, noInstall, remove, List.of(Objects.requireNonNullElse(image, "")), command)) {
            add(sha, list);
        }
        // The order counts: a variable may refer to those before it.
        add(sha, env.keySet());
        add(sha, env.values());
        if (!setup.isEmpty()) {
            add(sha, List.of(setup));
        }
        return text(sha);
    }

    /** With all lengths, because values and arguments may contain any separator. */
    private static void add(MessageDigest sha, Collection<String> texts) {
        sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(texts.size()).flip());
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            sha.update(bytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(MessageDigest sha) {
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
    }

    /** The lists in a sentence, as {@code 23 to install, 4 preinstalled, 2 kept from reinstall}. */
    public String summary() {
        var parts = new ArrayList<String>();
        parts.add(install.size() + " to install");
        parts.add(preinstall.size() + " preinstalled");
        if (!noInstall.isEmpty()) {
            parts.add(noInstall.size() + " kept from reinstall");
        }
        if (!remove.isEmpty()) {
            parts.add(remove.size() + " removed");
        }
        return String.join(", ", parts);
    }
}
