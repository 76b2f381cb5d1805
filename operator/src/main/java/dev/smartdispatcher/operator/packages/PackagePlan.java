package dev.smartdispatcher.operator.packages;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a pod gets from its environment, for one (hostArch, targetArch, mode).
 *
 * @param lists of packages
 * @param image of the worker pod
 * @param env of the build, in the order of the rules
 * @param command of a job that has none
 * @param setup installer and fields of pods, as a text that is another one for other values; empty if there are none
 */
public record PackagePlan(
        PlannedLists lists, String image, Map<String, String> env, List<String> command, String setup) {

    /** See {@link PlannedLists#digest}. */
    public String listDigest() {
        return lists.digest();
    }

    /** See {@link PlannedLists#summary}. */
    public String summary() {
        return lists.summary();
    }

    /** SHA-256 over the whole plan, as {@code sha256:HEX}: pods of plans with equal digests get the same from their environment. */
    public String planDigest() {
        var sha = Sha256.digest();
        for (var list : List.of(
                lists.preinstall(),
                lists.install(),
                lists.noInstall(),
                lists.remove(),
                List.of(Objects.requireNonNullElse(image, "")),
                command)) {
            add(sha, list);
        }
        // The order counts: a variable may refer to those before it.
        add(sha, env.keySet());
        add(sha, env.values());
        if (!setup.isEmpty()) {
            add(sha, List.of(setup));
        }
        return "sha256:" + HexFormat.of().formatHex(sha.digest());
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
}
