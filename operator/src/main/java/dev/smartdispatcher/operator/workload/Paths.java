package dev.smartdispatcher.operator.workload;

/** Where things are in a worker pod. */
public final class Paths {
    public static final String ENTRY = "/smart-dispatcher/entry";
    public static final String LISTS = "/smart-dispatcher/lists";
    /** What the build is told of its pod while it runs. */
    public static final String POD = "/run/smart-dispatcher/pod";
    /** The file below {@link #POD} with the build's deadline in seconds, which may become smaller. */
    public static final String DEADLINE = "deadline-seconds";

    public static final String CLAIM = "/smart-dispatcher/claim";
    /** The build's scratch disk, where the working directory, HOME and the results are by default. */
    public static final String BUILD = "/build";

    public static final String TMP = "/tmp";
    /** The entry's own, in memory: neither a full disk nor a build that clears its temporary directory reaches it. */
    public static final String STATE = "/smart-dispatcher/state";
    /** Where a kubelet takes a container's report from unless the container names another file. */
    public static final String TERMINATION_LOG = "/dev/termination-log";

    /** On the scratch disk, so that what a build leaves at home counts as its disk. */
    public static final String HOME = BUILD + "/.home";

    private Paths() {}
}
