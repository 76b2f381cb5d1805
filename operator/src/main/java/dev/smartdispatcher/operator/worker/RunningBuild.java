package dev.smartdispatcher.operator.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A build that runs on a worker, and until when.
 *
 * @param job its namespace and name
 * @param likely when eight of ten builds like it end, by the earlier ones of its package; empty if there were none
 * @param latest when its deadline ends it; empty if it has not started
 */
public record RunningBuild(String job, Optional<Span> likely, Optional<Instant> latest) {
    /** Builds that a sentence names. */
    private static final int NAMED = 4;

    /** From one time to another. */
    public record Span(Instant from, Instant to) {}

    /**
     * What keeps a worker from being empty, the build first that is expected to keep it longest. No word changes with time
     * alone.
     *
     * @param all builds that run there, of which some may have no job any more
     */
    public static String sentence(List<RunningBuild> known, int all) {
        var words = all + (all == 1 ? " build still runs" : " builds still run");
        var named = known.stream()
                .sorted(Comparator.comparing(RunningBuild::end).reversed().thenComparing(RunningBuild::job))
                .limit(NAMED)
                .map(RunningBuild::words)
                .collect(Collectors.joining("; "));
        int others = all - Math.min(NAMED, known.size());
        return named.isEmpty() ? words : words + ": " + named + (others > 0 ? "; and " + others + " more" : "");
    }

    private Instant end() {
        return likely.map(Span::to).or(() -> latest).orElse(Instant.MAX);
    }

    private String words() {
        var ends = new ArrayList<String>();
        likely.ifPresent(span -> ends.add("likely until " + minute(span.from()) + " to " + minute(span.to())));
        latest.ifPresent(time -> ends.add("at the latest until " + minute(time)));
        return job + (ends.isEmpty() ? ", which has not started" : " " + String.join(", ", ends));
    }

    private static Instant minute(Instant time) {
        return time.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
    }
}
