package dev.smartdispatcher.operator.packages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What an environment's rules came to for one (hostArch, targetArch, mode).
 *
 * @param preinstall unpacked into the empty root first
 * @param install installed by the package manager
 * @param noInstall not (re)installed even if something requires it; disjoint from {@code install}
 * @param remove in none of the other lists
 * @param image of the worker pod
 * @param env of the build, in the order of the rules
 */
public record PackagePlan(
        SortedSet<String> preinstall,
        SortedSet<String> install,
        SortedSet<String> noInstall,
        SortedSet<String> remove,
        String image,
        Map<String, String> env) {

    /** SHA-256 over the lists, as {@code sha256:HEX}: equal lists have equal digests, wherever they come from. */
    public String digest() {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var list : List.of(preinstall, install, noInstall, remove)) {
                sha.update((String.join("\n", list) + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
