package dev.smartdispatcher.operator.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smartdispatcher.operator.profile.MemoryLine.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryLineTest {
    private static final double EXACT = 1e-6;

    @Test
    void noOtherLineAboveThePointsIsLowerAtTheirMean() {
        for (int seed = 0; seed < 2000; seed++) {
            var points = points(new Random(seed));
            var line = MemoryLine.above(points);
            assertThat(line.base()).as("seed %d", seed).isNotNegative();
            assertThat(line.perProcess()).as("seed %d", seed).isNotNegative();
            for (var point : points) {
                assertThat(line.at(point.parallelism()))
                        .as("seed %d, %s", seed, point)
                        .isGreaterThanOrEqualTo(point.bytes() - EXACT);
            }
            if (points.stream().mapToInt(Point::parallelism).distinct().count() > 1) {
                assertThat(line.at(mean(points))).as("seed %d", seed).isCloseTo(best(points), within(EXACT));
            }
        }
    }

    /** By all lines that could be it: through two points, through one and the origin, and level through one. */
    private static double best(List<Point> points) {
        var slopes = new ArrayList<Double>(List.of(0.0));
        for (var one : points) {
            slopes.add(one.bytes() / one.parallelism());
            for (var other : points) {
                if (one.parallelism() != other.parallelism()) {
                    slopes.add((one.bytes() - other.bytes()) / (one.parallelism() - other.parallelism()));
                }
            }
        }
        double best = Double.MAX_VALUE;
        for (double slope : slopes) {
            if (slope >= 0) {
                double base = points.stream()
                        .mapToDouble(p -> p.bytes() - slope * p.parallelism())
                        .max()
                        .orElseThrow();
                best = Math.min(best, Math.max(0, base) + slope * mean(points));
            }
        }
        return best;
    }

    @Test
    void ofOneParallelismThreeQuartersGrowWithIt() {
        var line = MemoryLine.above(List.of(new Point(4, 400), new Point(4, 300)));
        assertThat(line).isEqualTo(new MemoryLine(100, 75));
    }

    @Test
    void aPointThatIsHigherIsCoveredAndLowersNothingAtTheMean() {
        for (int seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var points = points(random);
            var line = MemoryLine.above(points);
            int index = random.nextInt(points.size());
            var raised = new ArrayList<>(points);
            var point = points.get(index);
            raised.set(index, new Point(point.parallelism(), point.bytes() + 1 + random.nextInt(1000)));
            var after = MemoryLine.above(raised);
            assertThat(after.at(mean(points)))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(line.at(mean(points)) - EXACT);
            assertThat(after.at(point.parallelism()))
                    .as("seed %d", seed)
                    .isGreaterThanOrEqualTo(raised.get(index).bytes() - EXACT);
        }
    }

    private static double mean(List<Point> points) {
        return points.stream().mapToInt(Point::parallelism).average().orElseThrow();
    }

    private static List<Point> points(Random random) {
        var points = new ArrayList<Point>();
        int count = 1 + random.nextInt(32);
        int largest = 1 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            points.add(new Point(1 + random.nextInt(largest), 1 + random.nextInt(2000)));
        }
        return points;
    }
}
