package dev.smartdispatcher.operator.workload.install;

/** Where what concerns the installation is in a worker pod. */
public final class InstallPaths {
    /** Has the directories {@code claim} and {@code image}, as far as the environment names them. */
    public static final String REPOSITORY = "/smart-dispatcher/repository";
    /** The part of the scratch disk that holds a root of its own, and what belongs to it beside it. */
    public static final String WORK = "/smart-dispatcher/work";
    /** A root of its own. */
    public static final String ROOT = WORK + "/root";
    /** The container's own root. */
    public static final String IMAGE_ROOT = "/";

    /** The installer's report, below the entry's own directory. */
    public static final String REPORT = "install";
    /** The list of what is installed, below the entry's own directory. */
    public static final String INSTALLED = "installed";
    /** When the attempt's first container began, below the entry's own directory. */
    public static final String CLOCK = "clock";

    private InstallPaths() {}
}
