package dev.smartdispatcher.operator.profile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs for tests. */
final class Runs {
    static final long MI = 1L << 20;
    static final Instant BEGIN = Instant.parse("2026-11-24T06:00:00Z");
    static final ProfileKey ZLIB = new ProfileKey("team-a", "zlib", "x86_64", "armv7l");

    private Runs() {}

    /** The number-th run, a minute after the one before it, which succeeded. */
    static Run run(int number, int parallelism, long memoryMi) {
        return new Run(
                BEGIN.plusSeconds(60L * number),
                "8c1f2a3b-" + number,
                parallelism,
                30,
                90,
                memoryMi * MI,
                900 * MI,
                100,
                100,
                RunResult.OK,
                "node-7");
    }

    static List<Run> random(Random random, int count) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < count; i++) {
            var results = RunResult.values();
            runs.add(run(i, 1 + random.nextInt(16), 1 + random.nextInt(4000))
                    .with()
                    .end(BEGIN.plusSeconds(random.nextInt(500)))
                    .seconds(random.nextInt(300))
                    .cpuSeconds(random.nextInt(2000))
                    .speed(50 + random.nextInt(100))
                    .result(random.nextInt(3) == 0 ? results[random.nextInt(results.length)] : RunResult.OK)
                    .build());
        }
        return runs;
    }
}
