package dev.smartdispatcher.operator.workload.pod;

/** Where things are in a worker pod. */
final class Paths {
    static final String ENTRY = "/smart-dispatcher/entry";
    static final String LISTS = "/smart-dispatcher/lists";
    /** What the build is told of its pod while it runs. */
    static final String POD = "/run/smart-dispatcher/pod";
    /** The file below {@link #POD} with the build's deadline in seconds, which may become smaller. */
    static final String DEADLINE = "deadline-seconds";

    static final String CLAIM = "/smart-dispatcher/claim";
    /** The build's scratch disk, where the working directory, HOME and the results are by default. */
    static final String BUILD = "/build";

    static final String TMP = "/tmp";
    /** The entry's own, in memory: neither a full disk nor a build that clears its temporary directory reaches it. */
    static final String STATE = "/smart-dispatcher/state";
    /** Where a kubelet takes a container's report from unless the container names another file. */
    static final String TERMINATION_LOG = "/dev/termination-log";

    /** On the scratch disk, so that what a build leaves at home counts as its disk. */
    static final String HOME = BUILD + "/.home";

    private Paths() {}
}
