package dev.smartdispatcher.e2e.bench.simulate.report;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cores in use and jobs that wait, over time, of two runs side by side. */
public final class Picture {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 260;
    private static final int STEP_SECONDS = 60;

    private Picture() {}

    /** Writes a PNG; one column a run. */
    public static void write(String left, Run first, String right, Run second, Path file) throws IOException {
        double queue = Math.max(most(waiting(first)), most(waiting(second)));
        var charts = List.of(
                chart(left + ": cores in use, %", used(first), 100),
                chart(right + ": cores in use, %", used(second), 100),
                chart(left + ": jobs that wait", waiting(first), queue),
                chart(right + ": jobs that wait", waiting(second), queue));
        BitmapEncoder.saveBitmap(charts, 2, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static XYChart chart(String title, double[] values, double top) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("hours")
                .build();
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(top);
        var hours = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            hours[i] = i * STEP_SECONDS / 3600.0;
        }
        chart.addSeries(title, hours, values).setMarker(SeriesMarkers.NONE);
        return chart;
    }

    private static double[] used(Run run) {
        double cores = run.farm().hosts().stream().mapToInt(h -> h.cores()).sum();
        var changes = new TreeMap<Double, Double>();
        for (var attempt : run.attempts()) {
            double part = 100 * attempt.start().processes() / cores;
            changes.merge(attempt.begin(), part, Double::sum);
            changes.merge(attempt.end(), -part, Double::sum);
        }
        return sampled(changes, run);
    }

    private static double[] waiting(Run run) {
        var changes = new TreeMap<Double, Double>();
        var since = new HashMap<Integer, Double>();
        var begun = new ArrayList<>(run.attempts());
        begun.sort((a, b) -> Double.compare(a.begin(), b.begin()));
        for (Attempt attempt : begun) {
            var job = attempt.start().request().job();
            changes.merge(since.getOrDefault(job.index(), job.arrival()), 1.0, Double::sum);
            changes.merge(attempt.begin(), -1.0, Double::sum);
            since.put(job.index(), attempt.end());
        }
        return sampled(changes, run);
    }

    private static double[] sampled(TreeMap<Double, Double> changes, Run run) {
        var samples = new double[(int) (run.farm().hours() * 3600 / STEP_SECONDS) + 1];
        double value = 0;
        var next = changes.entrySet().iterator();
        var change = next.next();
        for (int i = 0; i < samples.length; i++) {
            while (change != null && change.getKey() <= i * (double) STEP_SECONDS) {
                value += change.getValue();
                change = next.hasNext() ? next.next() : null;
            }
            samples[i] = value;
        }
        return samples;
    }

    private static double most(double[] values) {
        double most = 1;
        for (double value : values) {
            most = Math.max(most, value);
        }
        return most;
    }
}
