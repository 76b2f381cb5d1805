package dev.smartdispatcher.e2e.bench.advise;

import dev.smartdispatcher.e2e.bench.advise.host.Limits;

/**
 * A host with a mix of jobs. Times are mean turnarounds in seconds, over the seeds.
 *
 * @param advisor with the advisor's numbers
 * @param formula with the formula of the Open Build Service; infinite if some job could never run
 * @param flattered with what flatters the formula
 * @param best with the best choice of the search
 * @param toLuckiest the advisor in relation to the best choice on the very jobs on which that was found
 * @param advised the advisor's numbers
 * @param choice the best
 */
record Pair(
        String host,
        String mix,
        double advisor,
        double formula,
        double flattered,
        double best,
        double toLuckiest,
        Limits advised,
        Limits choice) {

    double toBest() {
        return advisor / best;
    }

    double toFormula() {
        return advisor / formula;
    }

    double toFlattered() {
        return advisor / flattered;
    }
}
