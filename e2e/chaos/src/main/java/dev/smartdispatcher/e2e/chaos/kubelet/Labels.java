package dev.smartdispatcher.e2e.chaos.kubelet;

/** Labels of worker pods, as users know them. */
final class Labels {
    static final String JOB_UID = "smartdispatcher.dev/job-uid";
    static final String ATTEMPT = "smartdispatcher.dev/attempt";

    private Labels() {}
}
