package dev.smartdispatcher.e2e.quickstart;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.quickstart.view.Watcher;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A user's own manifests: applies all, and ends when every job has ended or nothing moves any more. */
final class UserRun {
    /** Nothing has changed for this long, and nothing runs: what still waits will go on waiting. */
    private static final Duration STILL = Duration.ofSeconds(5);

    private final Farm farm;
    private final Watcher watcher;

    UserRun(Farm farm, Watcher watcher) {
        this.farm = farm;
        this.watcher = watcher;
    }

    /** Runs; the manifests that the API refused, if any. */
    List<String> play(List<Manifest> manifests) throws InterruptedException {
        var refused = new ArrayList<String>();
        watcher.say(manifests.size() + " manifests");
        for (var manifest : manifests) {
            farm.apply(manifest).ifPresent(refused::add);
        }
        var before = "";
        var since = Instant.now();
        while (!watcher.jobs().stream().allMatch(UserRun::ended) || before.isEmpty()) {
            var now = watcher.jobViews().toString();
            var moves = watcher.jobs().stream().anyMatch(UserRun::live);
            if (!now.equals(before) || moves) {
                before = now;
                since = Instant.now();
            } else if (Duration.between(since, Instant.now()).compareTo(STILL) > 0) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return refused;
    }

    private static boolean ended(BuildJob job) {
        return job.getStatus() != null && job.getStatus().finished();
    }

    private static boolean live(BuildJob job) {
        return job.getStatus() != null && job.getStatus().liveAttempt().isPresent();
    }
}
