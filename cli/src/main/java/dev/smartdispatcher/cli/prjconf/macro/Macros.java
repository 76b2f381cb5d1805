package dev.smartdispatcher.cli.prjconf.macro;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The macros that are defined at one place of a config, which definitions change. */
public final class Macros {
    private final Map<String, Macro> defined = new HashMap<>();

    private Macros() {}

    /** Those that hold before a config is read for an architecture: its name, the system's, and rpm's families of architectures. */
    public static Macros forTarget(String arch) {
        var macros = new Macros();
        TargetFamilies.MACROS.forEach(macros::define);
        macros.define("_target_cpu", arch);
        macros.define("_target_os", "linux");
        return macros;
    }

    /** Defines a macro without arguments. */
    public void define(String name, String body) {
        define(name, new Macro(null, body));
    }

    /** The body of a macro, not expanded. */
    public Optional<String> body(String name) {
        return Optional.ofNullable(defined.get(name)).map(Macro::body);
    }

    void define(String name, Macro macro) {
        defined.put(name, macro);
    }

    boolean has(String name) {
        return defined.containsKey(name);
    }

    Macro get(String name) {
        return defined.get(name);
    }

    /** Puts these in place of what is there under their names, and returns that: null for what was not there. */
    Map<String, Macro> exchange(Map<String, Macro> others) {
        var before = new HashMap<String, Macro>();
        others.forEach((name, macro) -> {
            before.put(name, defined.get(name));
            if (macro == null) {
                defined.remove(name);
            } else {
                defined.put(name, macro);
            }
        });
        return before;
    }
}
