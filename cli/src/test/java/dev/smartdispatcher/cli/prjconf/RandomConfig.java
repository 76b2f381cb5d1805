package dev.smartdispatcher.cli.prjconf;

import java.util.List;
import java.util.Random;

/** A project config of conditionals, expressions and macros, at random from a seed. */
final class RandomConfig {
    private static final List<String> MACROS = List.of("a", "b", "flag", "vers", "arch_list", "nothing");
    private static final List<String> ARCHITECTURES =
            List.of("x86_64", "armv7l", "%ix86", "%{arm}", "aarch64 ppc64le", "%{?arch_list}", "s390x %arml", "%nil");
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
    private static final List<String> KEYWORDS = List.of("Preinstall", "Required", "Support", "VMInstall", "required");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int names;

    RandomConfig(long seed) {
        random = new Random(seed);
    }

    String text() {
        block(0);
        // Each branch shows by a name of its own whether it was taken.
        return text.append("Required: end\n").toString();
    }

    private void block(int depth) {
        int lines = 3 + random.nextInt(5);
        for (int i = 0; i < lines; i++) {
            switch (random.nextInt(depth < 3 ? 8 : 5)) {
                case 0 -> line(of("%define ", "%global ", "  %define ") + of(MACROS) + " " + body());
                case 1 -> line(of(KEYWORDS) + ": !" + "p" + random.nextInt(names + 1) + of("", "", "", " !*"));
                case 2 -> line("Substitute: p" + random.nextInt(names + 1) + of("", " s1", " s1 s2=", " p1 s3"));
                case 3, 4 ->
                    line(of(KEYWORDS) + ": p" + names++ + " p" + names++ + of("", " q%{?a}", " %{!?b:r}", " p0"));
                default -> branches(depth);
            }
        }
    }

    private void branches(int depth) {
        line(indent() + condition(""));
        block(depth + 1);
        if (random.nextInt(4) == 0) {
            line(condition("el"));
            block(depth + 1);
        }
        if (random.nextBoolean()) {
            line(indent() + "%else");
            block(depth + 1);
        }
        line(indent() + "%endif");
    }

    private String condition(String prefix) {
        return "%" + prefix
                + switch (random.nextInt(prefix.isEmpty() ? 4 : 3)) {
                    case 0 -> "ifarch " + of(ARCHITECTURES);
                    case 3 -> "ifnarch " + of(ARCHITECTURES);
                    default -> "if " + expression(0);
                };
    }

    private String expression(int depth) {
        if (depth > 2) {
            return operand();
        }
        return switch (random.nextInt(9)) {
            case 0 -> expression(depth + 1) + of(" && ", "&&") + expression(depth + 1);
            case 1 -> expression(depth + 1) + " || " + expression(depth + 1);
            case 2 -> "!" + of("", " ") + "(" + expression(depth + 1) + ")";
            case 3 -> "(" + expression(depth + 1) + " )";
            case 4 -> number() + of("+", " - ", " * ", "*") + number() + " " + of(COMPARISONS) + " " + number();
            case 5 -> "\"" + word() + "\" " + of(COMPARISONS) + " \"" + word() + "\"";
            case 6 -> number() + of(COMPARISONS) + number();
            case 7 -> "(" + expression(depth + 1) + ") " + of(COMPARISONS) + " " + number();
            default -> operand();
        };
    }

    private String operand() {
        return of(
                "0%{?" + of(MACROS) + "}",
                "0%{!?" + of(MACROS) + ":1}",
                "%{defined " + of(MACROS) + "}",
                "%{undefined " + of(MACROS) + "}",
                "0%{?" + of(MACROS) + ":0%{?" + of(MACROS) + "}}",
                number(),
                "\"" + word() + "\"");
    }

    private String number() {
        return of("0", "1", "7", "12", "0%{?vers}", "1%{?nothing}", "30");
    }

    private String word() {
        return of("", "x", "abc", "%{?a}", "%_target_cpu", "%b", "%{?flag:on}", "%%", "%{_target_cpu}-x");
    }

    private String body() {
        return of("1", "0", "5", "x", "%{?vers}", "%{!?flag:2}", "x86_64 aarch64", "%{expand:%{?a}}", "%_target_cpu");
    }

    private String indent() {
        return of("", "", " ", "\t");
    }

    private void line(String line) {
        text.append(line).append(of("\n", "\n", "\n", " \n", "\n# %if 0\n"));
    }

    private String of(String... choices) {
        return of(List.of(choices));
    }

    private String of(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
