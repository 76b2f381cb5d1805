package dev.smartdispatcher.cli.smartbuild.option;

/** Exit statuses beyond 0, 1 for a failure and 2 for wrong usage. */
public final class ExitStatus {
    /** The time for waiting was up; as timeout(1) has it. */
    public static final int TIME_OUT = 124;

    /** A command that waits for a build cannot tell its end; as docker run has it. */
    public static final int UNKNOWN_END = 125;

    /** 128 + SIGPIPE: nobody reads the output any more. */
    public static final int READER_GONE = 141;

    private ExitStatus() {}
}
