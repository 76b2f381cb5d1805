package dev.smartdispatcher.cli.prjconf.macro;

/**
 * A macro.
 *
 * @param options of a macro with arguments, as getopt takes them, perhaps none; null for a macro without arguments
 * @param body what it stands for, in which macros are expanded when it is used
 */
record Macro(String options, String body) {
    boolean takesArguments() {
        return options != null;
    }
}
