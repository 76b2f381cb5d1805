package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.e2e.bench.stand.BenchFailure;

/**
 * A case, written WORKERSxJOBSxKIND.
 *
 * @param kind mixed, nothingFits, distinct or input
 */
record CaseName(int workers, int jobs, String kind) {

    /** Reads it. */
    static CaseName of(String text) {
        var parts = text.split("x", 3);
        if (parts.length != 3 || !parts[0].matches("\\d+") || !parts[1].matches("\\d+")) {
            throw new BenchFailure("no case: " + text + ", wanted is WORKERSxJOBSxKIND");
        }
        return new CaseName(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    @Override
    public String toString() {
        return workers + "x" + jobs + "x" + kind;
    }
}
