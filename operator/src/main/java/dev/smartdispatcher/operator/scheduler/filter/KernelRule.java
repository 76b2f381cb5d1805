package dev.smartdispatcher.operator.scheduler.filter;

import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** KernelRule against the range that a job accepts. An unknown kernel satisfies no demand. */
final class KernelRule {
    private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,4})(?:\\.(\\d{1,4}))?(?:\\D.*)?$");
    /** More than any second number of a version. */
    private static final int MAJOR = 10_000;

    private KernelRule() {}

    static boolean accepts(KernelRange range, Worker.Kernel kernel) {
        return isNewEnough(range, kernel) && isOldEnough(range, kernel) && isOfFlavor(range, kernel);
    }

    private static boolean isNewEnough(KernelRange range, Worker.Kernel kernel) {
        return blank(range.minVersion())
                || !kernel.version().isEmpty() && RpmVersion.compare(kernel.version(), range.minVersion()) >= 0;
    }

    private static boolean isOldEnough(KernelRange range, Worker.Kernel kernel) {
        return blank(range.maxVersion())
                || !kernel.version().isEmpty() && RpmVersion.compare(kernel.version(), range.maxVersion()) <= 0;
    }

    private static boolean isOfFlavor(KernelRange range, Worker.Kernel kernel) {
        return blank(range.flavor()) || range.flavor().equals(kernel.flavor());
    }

    /** How far a kernel is from the range: less than 1 for a version, by its first two numbers, and 1 for the flavour. */
    static double distance(KernelRange range, Worker.Kernel kernel) {
        double versions = 0;
        if (!isNewEnough(range, kernel)) {
            versions = between(kernel.version(), range.minVersion());
        } else if (!isOldEnough(range, kernel)) {
            versions = between(kernel.version(), range.maxVersion());
        }
        return versions + (isOfFlavor(range, kernel) ? 0 : 1);
    }

    static UnmetNeed unmetNeed(KernelRange range, Worker.Kernel kernel) {
        var needed = Stream.of(
                        words("not older than ", range.minVersion()),
                        words("not newer than ", range.maxVersion()),
                        words("of flavour ", range.flavor()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        var there = Stream.of(kernel.version(), kernel.flavor())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        return new UnmetNeed("a kernel " + needed, there.isEmpty() ? "has an unknown one" : "has " + there);
    }

    private static Optional<String> words(String before, String bound) {
        return blank(bound) ? Optional.empty() : Optional.of(before + bound);
    }

    private static double between(String there, String wanted) {
        double apart = 1.0 + Math.abs(number(there) - number(wanted));
        return apart / (1 + apart);
    }

    private static long number(String version) {
        var numbers = NUMBERS.matcher(version);
        if (!numbers.matches()) {
            return -MAJOR;
        }
        var second = numbers.group(2);
        return Long.parseLong(numbers.group(1)) * MAJOR + (second == null ? 0 : Long.parseLong(second));
    }

    private static boolean blank(String text) {
        return text == null || text.isEmpty();
    }
}
