package dev.smartdispatcher.operator.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Memory as a straight line over N.
 *
 * @param base bytes whatever N is, not negative
 * @param perProcess further bytes for each of N, not negative
 */
record MemoryLine(double base, double perProcess) {
    /**
     * Part of the memory that grows with N where builds of one N alone are known: the median of the packages of the trace of
     * docs/simulator.md.
     */
    private static final double PARALLEL_PART = 0.75;

    /** What was needed with so many make jobs, at least. */
    record Point(int parallelism, double bytes) {}

    /**
     * Of all lines on or above every point the one that is lowest at the mean N of the points: an edge of their upper hull (by
     * Andrew's monotone chain, O(n log n)), or the line nearest to it whose base and slope are not negative.
     *
     * @param points at least one
     */
    static MemoryLine above(Collection<Point> points) {
        var highest = new TreeMap<Integer, Double>();
        points.forEach(point -> highest.merge(point.parallelism(), point.bytes(), Math::max));
        if (highest.size() == 1) {
            double bytes = highest.firstEntry().getValue();
            return new MemoryLine((1 - PARALLEL_PART) * bytes, PARALLEL_PART * bytes / highest.firstKey());
        }
        double mean = points.stream().mapToInt(Point::parallelism).average().orElseThrow();
        return touching(highest, slope(hull(highest), mean));
    }

    /** The memory with N make jobs. */
    double at(double parallelism) {
        return base + perProcess * parallelism;
    }

    private static List<Point> hull(TreeMap<Integer, Double> highest) {
        var hull = new ArrayList<Point>();
        highest.forEach((parallelism, bytes) -> {
            var next = new Point(parallelism, bytes);
            while (hull.size() >= 2 && !isAbove(hull.get(hull.size() - 2), hull.get(hull.size() - 1), next)) {
                hull.remove(hull.size() - 1);
            }
            hull.add(next);
        });
        return hull;
    }

    /** Whether the middle point is above the line from the left to the right one. */
    private static boolean isAbove(Point left, Point middle, Point right) {
        return slope(left, middle) > slope(middle, right);
    }

    private static double slope(Point left, Point right) {
        return (right.bytes() - left.bytes()) / (right.parallelism() - left.parallelism());
    }

    /** Of the edge over the mean; of two that meet there the flatter one, which is the second. */
    private static double slope(List<Point> hull, double mean) {
        int right = 1;
        while (right < hull.size() - 1 && hull.get(right).parallelism() <= mean) {
            right++;
        }
        return slope(hull.get(right - 1), hull.get(right));
    }

    /** The lowest line of this slope, or of the nearest one at which neither number is negative. */
    private static MemoryLine touching(TreeMap<Integer, Double> highest, double slope) {
        double steepest = 0;
        for (var point : highest.entrySet()) {
            steepest = Math.max(steepest, point.getValue() / point.getKey());
        }
        double allowed = Math.max(0, Math.min(slope, steepest));
        double base = 0;
        for (var point : highest.entrySet()) {
            base = Math.max(base, point.getValue() - allowed * point.getKey());
        }
        return new MemoryLine(base, allowed);
    }
}
