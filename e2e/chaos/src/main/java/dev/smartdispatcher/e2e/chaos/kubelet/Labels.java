package dev.smartdispatcher.e2e.chaos.kubelet;

/** Labels and annotations of worker pods, as users know them. */
final class Labels {
    static final String JOB_UID = "smartdispatcher.dev/job-uid";
    static final String ATTEMPT = "smartdispatcher.dev/attempt";

    /** For how many seconds the build may run: an annotation that the entry reads again and again. */
    static final String DEADLINE = "smartdispatcher.dev/deadline-seconds";

    private Labels() {}
}
