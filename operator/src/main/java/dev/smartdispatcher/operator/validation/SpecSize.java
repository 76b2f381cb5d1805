package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.CpuFlags;
import dev.smartdispatcher.api.job.demand.Requires;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How large the texts of a job are, in bytes of UTF-8: those of which there may be many, or that may be long. */
public final class SpecSize {
    private SpecSize() {}

    /** Of what only the build's container is told: command, args, env and volumeMounts. */
    public static long ofBuild(BuildJobSpec spec) {
        return Stream.of(
                        spec.command().stream(),
                        spec.args().stream(),
                        spec.env().stream().flatMap(e -> Stream.of(e.name(), text(e.value()))),
                        spec.volumeMounts().stream().flatMap(m -> Stream.of(m.mountPath(), text(m.subPath()))))
                .flatMap(texts -> texts)
                .mapToLong(SpecSize::bytes)
                .sum();
    }

    /** Of what is asked of the worker. */
    public static long of(Requires requires) {
        var flags = Optional.ofNullable(requires.cpuFlags());
        var selector = Optional.ofNullable(requires.workerSelector());
        return bytes(flags.map(CpuFlags::all))
                + bytes(flags.map(CpuFlags::none))
                + bytes(selector.map(LabelSelector::matchLabels).map(Map::keySet))
                + bytes(selector.map(LabelSelector::matchLabels).map(Map::values))
                + selector.map(LabelSelector::matchExpressions).stream()
                        .flatMap(List::stream)
                        .mapToLong(t -> bytes(t.key()) + bytes(Optional.ofNullable(t.values())))
                        .sum();
    }

    private static long bytes(Optional<? extends Collection<String>> texts) {
        return texts.stream()
                .flatMap(Collection::stream)
                .mapToLong(SpecSize::bytes)
                .sum();
    }

    private static String text(String text) {
        return text == null ? "" : text;
    }

    private static long bytes(String text) {
        return text.codePoints().mapToLong(SpecSize::bytes).sum();
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }
}
