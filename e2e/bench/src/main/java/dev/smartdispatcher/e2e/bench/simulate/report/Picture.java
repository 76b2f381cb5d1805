package dev.smartdispatcher.e2e.bench.simulate.report;

import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Run;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Cores in use and jobs that wait, over time, under two rules. */
public final class Picture {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 330;
    private static final int STEP_SECONDS = 60;
    private static final float LINE = 1.6f;
    /** Told apart by those too who see no difference between red and green. */
    private static final Color[] COLORS = {new Color(0x0072B2), new Color(0xD55E00)};

    private Picture() {}

    /** Writes a PNG with a chart for each of the two measures. */
    public static void write(String ours, Run first, String others, Run second, Path file) throws IOException {
        var used = chart("Cores in use, %");
        used.getStyler().setYAxisMin(0.0).setYAxisMax(100.0).setLegendPosition(Styler.LegendPosition.InsideSE);
        add(used, ours, used(first));
        add(used, others, used(second));
        var waiting = chart("Jobs that wait");
        waiting.getStyler().setYAxisMin(0.0).setLegendPosition(Styler.LegendPosition.InsideNE);
        add(waiting, ours, waiting(first));
        add(waiting, others, waiting(second));
        BitmapEncoder.saveBitmap(List.of(used, waiting), 1, 2, file.toString(), BitmapEncoder.BitmapFormat.PNG);
    }

    private static XYChart chart(String title) {
        var chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("hours")
                .build();
        chart.getStyler()
                .setSeriesColors(COLORS)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE)
                .setPlotBorderVisible(false);
        return chart;
    }

    private static void add(XYChart chart, String rule, double[] values) {
        var hours = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            hours[i] = i * STEP_SECONDS / 3600.0;
        }
        chart.addSeries(rule, hours, values).setMarker(SeriesMarkers.NONE).setLineWidth(LINE);
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
}
