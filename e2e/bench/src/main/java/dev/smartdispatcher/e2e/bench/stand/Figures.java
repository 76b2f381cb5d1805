package dev.smartdispatcher.e2e.bench.stand;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/** Figures as a report tells them. */
public final class Figures {
    private Figures() {}

    public static double rounded(double figure, int digits) {
        return BigDecimal.valueOf(figure).setScale(digits, RoundingMode.HALF_UP).doubleValue();
    }

    /** Counts for each job, to two digits; what is less than that is left out. */
    public static Map<String, Double> perJob(Map<String, ? extends Number> counts, int jobs) {
        var perJob = new TreeMap<String, Double>();
        counts.forEach((what, count) -> {
            var figure = rounded(count.doubleValue() / jobs, 2);
            if (figure > 0) {
                perJob.put(what, figure);
            }
        });
        return perJob;
    }

    /** The value that {@code share} of the sorted values do not exceed. */
    public static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
    }
}
