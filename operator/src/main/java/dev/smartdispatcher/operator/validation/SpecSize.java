package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.CpuFlags;
import dev.smartdispatcher.api.job.demand.FactMatch;
import dev.smartdispatcher.api.job.demand.Requires;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How large the texts of a job are: those of which there may be many, or that may be long. */
public final class SpecSize {
    private SpecSize() {}

    /** Of what only the build's container gets: command, args, env and volumeMounts, in bytes of UTF-8. */
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

    /** Of what is asked of the worker: cpuFlags, facts and workerSelector, in characters, as the schema counts them. */
    public static long of(Requires requires) {
        var flags = Optional.ofNullable(requires.cpuFlags());
        var selector = Optional.ofNullable(requires.workerSelector());
        var labels = selector.map(LabelSelector::matchLabels);
        return Stream.of(
                        flags.map(CpuFlags::all).stream().flatMap(List::stream),
                        flags.map(CpuFlags::none).stream().flatMap(List::stream),
                        requires.facts().entrySet().stream().flatMap(fact -> texts(fact.getKey(), fact.getValue())),
                        labels.map(Map::keySet).stream().flatMap(Set::stream),
                        labels.map(Map::values).stream().flatMap(Collection::stream),
                        selector.map(LabelSelector::matchExpressions).stream()
                                .flatMap(List::stream)
                                .flatMap(SpecSize::texts))
                .flatMap(texts -> texts)
                .mapToLong(text -> text.codePointCount(0, text.length()))
                .sum();
    }

    private static Stream<String> texts(String name, FactMatch match) {
        var values = Optional.ofNullable(match);
        return Stream.of(
                        Stream.of(name),
                        values.map(FactMatch::value).stream(),
                        values.map(FactMatch::in).stream().flatMap(List::stream))
                .flatMap(texts -> texts);
    }

    private static Stream<String> texts(LabelSelector.Term term) {
        return Stream.concat(
                Stream.of(term.key()),
                Optional.ofNullable(term.values()).stream().flatMap(List::stream));
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
