package dev.smartdispatcher.cli.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects remarks, each once. */
public final class Remarks {
    private final Set<Remark> all = new LinkedHashSet<>();

    /** Records something that the output does not say. */
    public void notCarriedOver(String file, int line, String text) {
        all.add(new Remark(Remark.Kind.NOT_CARRIED_OVER, file, line, text));
    }

    /** Records something that the output says in another way. */
    public void note(String file, int line, String text) {
        all.add(new Remark(Remark.Kind.NOTE, file, line, text));
    }

    /** Records what others have recorded. */
    public void addAll(Collection<Remark> others) {
        all.addAll(others);
    }

    /** The remarks by line; those of one line, and of several files, as they were recorded. */
    public List<Remark> inOrder() {
        var files = all.stream().map(Remark::file).distinct().toList();
        return all.stream()
                .sorted(Comparator.comparing((Remark r) -> files.indexOf(r.file()))
                        .thenComparing(Remark::line))
                .toList();
    }
}
