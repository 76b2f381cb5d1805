package dev.smartdispatcher.cli.prjconf.macro;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The macros that switch build conditions on and off: {@code bcond_with x} is off unless {@code _with_x} is defined. */
final class BuildConditions {
    private static final String OVERRIDE = "bcond_override_default";
    private static final Set<String> NAMES = Set.of("bcond", "bcond_with", "bcond_without", OVERRIDE);

    private BuildConditions() {}

    static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** Defines {@code with_x} if the condition x is on. */
    static void apply(String name, List<String> arguments, Macros macros) {
        if (arguments.isEmpty()) {
            return;
        }
        var condition = arguments.get(0);
        var second = arguments.size() > 1 ? arguments.get(1) : "";
        if (name.equals(OVERRIDE)) {
            macros.define(OVERRIDE + "_" + condition, second);
            return;
        }
        var byDefault = Optional.ofNullable(macros.get(OVERRIDE + "_" + condition))
                .map(Macro::body)
                .filter(body -> !body.isEmpty())
                .orElse(
                        switch (name) {
                            case "bcond_with" -> "0";
                            case "bcond_without" -> "1";
                            default -> second;
                        });
        var on = byDefault.isEmpty() || byDefault.equals("0")
                ? macros.has("_with_" + condition)
                : !macros.has("_without_" + condition);
        if (on) {
            macros.define("with_" + condition, "1");
        }
    }
}
