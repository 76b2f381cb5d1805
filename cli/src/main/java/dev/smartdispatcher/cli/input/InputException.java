package dev.smartdispatcher.cli.input;

/** An input that cannot be read as what it should be. Its message is for users and names file, line and, if known, column. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private InputException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something about the file as a whole. */
    public static InputException of(String file, String message) {
        return new InputException(file + ": " + message, null);
    }

    /** Something at a line, counted from 1. */
    public static InputException at(String file, int line, String message) {
        return new InputException(file + ":" + line + ": " + message, null);
    }

    /** Something at a line and a column, both counted from 1. */
    public static InputException at(String file, int line, int column, String message) {
        return new InputException(file + ":" + line + ":" + column + ": " + message, null);
    }

    /** The file cannot be read at all. */
    public static InputException unreadable(String file, Throwable cause) {
        return new InputException(file + ": cannot be read: " + cause, cause);
    }
}
