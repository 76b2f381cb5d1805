package dev.smartdispatcher.cli.prjconf.macro;

/** Text that cannot be evaluated; the message is a phrase for users without file and line, which the macros do not know. */
public final class MacroException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MacroException(String message) {
        super(message);
    }
}
