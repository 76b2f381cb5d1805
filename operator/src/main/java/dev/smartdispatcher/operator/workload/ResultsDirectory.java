package dev.smartdispatcher.operator.workload;

/** Where an attempt's results are in the claim: an attempt of its own each, so that none overwrites another's. */
public final class ResultsDirectory {
    private ResultsDirectory() {}

    /** JOB/ATTEMPT. */
    public static String of(String job, int attempt) {
        return job + "/" + attempt;
    }
}
