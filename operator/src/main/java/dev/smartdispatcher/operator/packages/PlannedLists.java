package dev.smartdispatcher.operator.packages;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;

/** The lists of a plan, in the order in which packages are unpacked and installed, and how they came about. */
public final class PlannedLists {
    private final List<String> preinstall;
    private final List<String> install;
    private final List<String> noInstall;
    private final List<String> remove;
    private final String trace;
    private SortedMap<String, ListFile> files;
    private String digest;

    /**
     * Lists without a name that is there twice.
     *
     * @param preinstall unpacked into the empty root first
     * @param install installed by the package manager
     * @param noInstall not (re)installed even if something requires it; disjoint from {@code install}
     * @param remove in none of the other lists
     * @param trace which rule put each name in, took it out or kept it from reinstall
     */
    PlannedLists(
            List<String> preinstall, List<String> install, List<String> noInstall, List<String> remove, String trace) {
        this.preinstall = List.copyOf(preinstall);
        this.install = List.copyOf(install);
        this.noInstall = List.copyOf(noInstall);
        this.remove = List.copyOf(remove);
        this.trace = trace;
    }

    public List<String> preinstall() {
        return preinstall;
    }

    public List<String> install() {
        return install;
    }

    public List<String> noInstall() {
        return noInstall;
    }

    public List<String> remove() {
        return remove;
    }

    /** A line for each rule and each name; docs/environments.md describes it. */
    public String trace() {
        return trace;
    }

    /** As a build finds them, by their names. */
    public synchronized SortedMap<String, ListFile> files() {
        if (files == null) {
            files = ListFiles.of(this);
        }
        return files;
    }

    /** SHA-256 over the lists in their order, as {@code sha256:HEX}: equal lists have equal digests, wherever they come from. */
    public synchronized String digest() {
        if (digest == null) {
            digest = computeDigest();
        }
        return digest;
    }

    private String computeDigest() {
        var sha = Sha256.digest();
        for (var list : List.of(preinstall, install, noInstall, remove)) {
            sha.update((String.join("\n", list) + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
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

    @Override
    public boolean equals(Object other) {
        return other instanceof PlannedLists that
                && preinstall.equals(that.preinstall)
                && install.equals(that.install)
                && noInstall.equals(that.noInstall)
                && remove.equals(that.remove)
                && trace.equals(that.trace);
    }

    @Override
    public int hashCode() {
        return Objects.hash(preinstall, install, noInstall, remove, trace);
    }

    @Override
    public String toString() {
        return summary();
    }
}
