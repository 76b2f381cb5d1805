package dev.smartdispatcher.agent.probe.system;

import dev.smartdispatcher.api.worker.facts.KernelFacts;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's release, taken apart: the version is all up to the first part that starts with a letter, the flavour is that
 * part and what follows. {@code 6.1.0-18-amd64} is 6.1.0-18 and amd64; {@code 6.1.0-21-rt-amd64} is 6.1.0-21 and
 * rt-amd64; {@code 5.14.0-427.el9.x86_64} has no flavour. A release candidate ({@code 6.9.0-rc3}) belongs to the version.
 *
 * <p>The Open Build Service takes the last part alone for the flavour. For most distributions that is the same; here a
 * version stays a version, to be compared, whatever a kernel's builder appended.
 */
final class KernelRelease {
    private static final Pattern PARTS = Pattern.compile("([^-]*(?:-(?:\\d[^-]*|rc\\d+))*)(?:-(.+))?");

    private KernelRelease() {}

    static KernelFacts parse(String release) {
        Matcher parts = PARTS.matcher(release);
        return parts.matches() ? new KernelFacts(parts.group(1), parts.group(2)) : new KernelFacts(release, null);
    }
}
