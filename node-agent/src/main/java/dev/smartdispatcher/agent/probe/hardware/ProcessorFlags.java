package dev.smartdispatcher.agent.probe.hardware;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The flags of a processor, sorted: where each architecture's kernel tells them in cpuinfo, with the {@link ProcessorLevel}s that
 * follow from them. Where its threads differ, as in big.LITTLE boards, only what all of them have.
 *
 * <ul>
 *   <li>x86 {@code flags}, ARM {@code Features}, s390x and LoongArch {@code features}: as they are
 *   <li>RISC-V {@code isa}: the extensions of the ISA string by their names, {@code g} as what it stands for. Source: The RISC-V
 *       Instruction Set Manual I, ISA Extension Naming Conventions
 *   <li>POWER {@code cpu}: {@code altivec}, the only feature named there
 *   <li>s390x {@code facilities}: each as {@code facility-61}. Source: z/Architecture Principles of Operation, Facility Indications
 * </ul>
 */
final class ProcessorFlags {
    private static final List<String> GENERAL = List.of("i", "m", "a", "f", "d", "zicsr", "zifencei");

    private ProcessorFlags() {}

    static SortedSet<String> of(CpuInfo info) {
        SortedSet<String> flags = new TreeSet<>();
        Stream.of("flags", "features").forEach(name -> flags.addAll(common(info.all(name), ProcessorFlags::words)));
        flags.addAll(common(info.all("isa"), ProcessorFlags::extensions));
        flags.addAll(common(info.all("cpu"), cpu -> cpu.contains("altivec supported") ? Set.of("altivec") : Set.of()));
        flags.addAll(common(info.all("facilities"), ProcessorFlags::facilities));
        flags.addAll(ProcessorLevel.of(info, flags));
        return flags;
    }

    private static Set<String> common(List<String> ofThreads, Function<String, Collection<String>> read) {
        return ofThreads.stream()
                .map(line -> (Set<String>) new TreeSet<>(read.apply(line)))
                .reduce((one, other) -> {
                    one.retainAll(other);
                    return one;
                })
                .orElse(Set.of());
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.split("\\s+"));
    }

    private static List<String> facilities(String line) {
        return words(line).stream().map(number -> "facility-" + number).toList();
    }

    private static Set<String> extensions(String isa) {
        if (!isa.startsWith("rv")) {
            return Set.of(); // LoongArch has a line of this name, too
        }
        String[] parts = isa.toLowerCase(Locale.ROOT).split("_");
        Stream<String> letters = parts[0].replaceFirst("^rv[0-9]+", "").chars().mapToObj(Character::toString);
        return Stream.concat(letters, Arrays.stream(parts).skip(1))
                .flatMap(extension -> extension.equals("g") ? GENERAL.stream() : Stream.of(extension))
                .filter(extension -> !extension.isBlank())
                .collect(Collectors.toSet());
    }
}
