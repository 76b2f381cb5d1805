package dev.smartdispatcher.operator.packages;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies layers one after another. In each list a name has one place, where it was first put. {@code noInstall} covers
 * {@code install} as long as it holds a name, whichever layer was first; {@code remove} takes a name out of the other lists until
 * a later layer names it there again. In one layer {@code noInstall} goes first, so that what a speed-up package overlays comes
 * before it, and {@code remove} last.
 */
final class ListEvaluation {
    private final NamedList preinstall = new NamedList("preinstall");
    private final NamedList install = new NamedList("install");
    private final NamedList noInstall = new NamedList("noInstall");
    private final NamedList remove = new NamedList("remove");
    private final Trace trace = new Trace();

    /** A list in the making: its names, each with who put it there. */
    private record NamedList(String field, Map<String, String> origins) {
        private NamedList(String field) {
            this(field, new LinkedHashMap<>());
        }

        private boolean has(String name) {
            return origins.containsKey(name);
        }

        private String by(String name) {
            return field + " by " + origins.get(name);
        }
    }

    void apply(Layer layer) {
        var own = Set.copyOf(layer.preinstall());
        for (var entry : layer.noInstall()) {
            if (entry.startsWith(Layer.OUT)) {
                takeOut(noInstall, entry, layer.origin());
            } else {
                keepFromReinstall(entry, layer.origin(), !own.contains(entry));
            }
        }
        for (var entry : layer.preinstall()) {
            if (entry.startsWith(Layer.OUT)) {
                takeOut(preinstall, entry, layer.origin());
            } else {
                putBack(entry, layer.origin());
                put(preinstall, entry, layer.origin());
            }
        }
        for (var entry : layer.install()) {
            if (entry.startsWith(Layer.OUT)) {
                takeOut(install, entry, layer.origin());
            } else {
                putBack(entry, layer.origin());
                if (put(install, entry, layer.origin()) && noInstall.has(entry)) {
                    trace.without(entry, noInstall.by(entry));
                }
            }
        }
        for (var entry : layer.remove()) {
            if (entry.startsWith(Layer.OUT)) {
                takeOut(remove, entry, layer.origin());
            } else {
                removeEverywhere(entry, layer.origin());
            }
        }
    }

    private boolean put(NamedList list, String name, String origin) {
        boolean isNew = list.origins.putIfAbsent(name, origin) == null;
        if (isNew) {
            trace.add(name, list.by(name));
        }
        return isNew;
    }

    private void keepFromReinstall(String name, String origin, boolean place) {
        putBack(name, origin);
        if (place) {
            preinstall.origins.putIfAbsent(name, origin);
        }
        if (!noInstall.has(name)) {
            trace.add(name, "noInstall by " + origin);
            if (install.has(name)) {
                trace.undoes(name, install.by(name));
            }
            noInstall.origins.put(name, origin);
        }
    }

    private void putBack(String name, String origin) {
        if (remove.has(name)) {
            trace.add(name, "back by " + origin);
            trace.undoes(name, remove.by(name));
            remove.origins.remove(name);
        }
    }

    private void removeEverywhere(String name, String origin) {
        if (!remove.has(name)) {
            trace.add(name, "remove by " + origin);
        }
        for (var list : List.of(preinstall, install, noInstall)) {
            if (list.has(name)) {
                trace.undoes(name, list.by(name));
                list.origins.remove(name);
            }
        }
        remove.origins.putIfAbsent(name, origin);
    }

    private void takeOut(NamedList list, String entry, String origin) {
        var names = entry.equals(Layer.ALL_OUT)
                ? List.copyOf(list.origins.keySet())
                : List.of(entry.substring(Layer.OUT.length()));
        for (var name : names) {
            if (list.has(name)) {
                trace.add(name, list.field + " " + entry + " by " + origin);
                trace.undoes(name, list.by(name));
                list.origins.remove(name);
                if (list == preinstall && noInstall.has(name)) {
                    trace.undoes(name, noInstall.by(name));
                    noInstall.origins.remove(name);
                }
            }
        }
    }

    /** The lists as they are now. */
    PlannedLists lists(String header) {
        var installed = install.origins.keySet().stream()
                .filter(name -> !noInstall.has(name))
                .toList();
        return new PlannedLists(
                List.copyOf(preinstall.origins.keySet()),
                installed,
                List.copyOf(noInstall.origins.keySet()),
                List.copyOf(remove.origins.keySet()),
                header + trace.text(this::outcome));
    }

    private String outcome(String name) {
        if (remove.has(name)) {
            return "removed";
        }
        if (noInstall.has(name)) {
            return "preinstalled, kept from reinstall";
        }
        if (preinstall.has(name)) {
            return install.has(name) ? "preinstalled and installed" : "preinstalled";
        }
        return install.has(name) ? "installed" : "not listed";
    }
}
