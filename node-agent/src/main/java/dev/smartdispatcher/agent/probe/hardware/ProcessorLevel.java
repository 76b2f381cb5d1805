package dev.smartdispatcher.agent.probe.hardware;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Levels of processors that count as flags, each with all below it, as the Open Build Service counts them: {@code x86-64-v2} and
 * above, {@code power7} and above, {@code z10} and above.
 */
final class ProcessorLevel {
    private static final Pattern POWER = Pattern.compile("POWER(\\d{1,2})\\b.*");
    private static final int LEAST_POWER = 7;
    private static final int LEAST_X86 = 2;

    /** In order. */
    private static final List<String> MAINFRAMES = List.of("z10", "z196", "zEC12", "z13", "z14", "z15", "z16", "z17");

    /** By the machine type. Source: the kernel's arch/s390/kernel/processor.c, setup_elf_platform. */
    private static final Map<String, String> BY_MACHINE = Map.ofEntries(
            Map.entry("2097", "z10"),
            Map.entry("2098", "z10"),
            Map.entry("2817", "z196"),
            Map.entry("2818", "z196"),
            Map.entry("2827", "zEC12"),
            Map.entry("2828", "zEC12"),
            Map.entry("2964", "z13"),
            Map.entry("2965", "z13"),
            Map.entry("3906", "z14"),
            Map.entry("3907", "z14"),
            Map.entry("8561", "z15"),
            Map.entry("8562", "z15"),
            Map.entry("3931", "z16"),
            Map.entry("3932", "z16"),
            Map.entry("9175", "z17"),
            Map.entry("9176", "z17"));

    private static final Pattern MACHINE = Pattern.compile(".*\\bmachine = (\\d+).*");

    private ProcessorLevel() {}

    /** Those of a processor; none where none is known. */
    static Set<String> of(CpuInfo info, Collection<String> flags) {
        Set<String> levels = new TreeSet<>();
        Microarchitecture.of(flags).ifPresent(highest -> IntStream.rangeClosed(LEAST_X86, number(highest))
                .forEach(level -> levels.add("x86-64-v" + level)));
        info.first("cpu").map(POWER::matcher).filter(Matcher::matches).ifPresent(power -> IntStream.rangeClosed(
                        LEAST_POWER, Integer.parseInt(power.group(1)))
                .forEach(level -> levels.add("power" + level)));
        mainframe(info).ifPresent(highest -> levels.addAll(MAINFRAMES.subList(0, MAINFRAMES.indexOf(highest) + 1)));
        return levels;
    }

    private static int number(String level) {
        return Integer.parseInt(level.substring(level.lastIndexOf('v') + 1));
    }

    private static Optional<String> mainframe(CpuInfo info) {
        return info.first("processor 0")
                .map(MACHINE::matcher)
                .filter(Matcher::matches)
                .map(machine -> BY_MACHINE.get(machine.group(1)));
    }
}
