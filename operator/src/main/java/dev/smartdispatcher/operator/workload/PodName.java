package dev.smartdispatcher.operator.workload;

/** The name of an attempt's pod: the job's name, a part of its UID, the attempt. Deterministic, at most 63 characters. */
public final class PodName {
    private static final int UID_PART = 5;

    private PodName() {}

    public static String of(JobIdentity job, int attempt) {
        return job.name() + "-" + job.uid().replace("-", "").substring(0, UID_PART) + "-" + attempt;
    }
}
