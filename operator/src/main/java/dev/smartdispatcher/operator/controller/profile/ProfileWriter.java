package dev.smartdispatcher.operator.controller.profile;

import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.operator.client.refusal.ApiFailure;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import dev.smartdispatcher.operator.controller.DispatcherMetrics;
import dev.smartdispatcher.operator.controller.LogKeys;
import dev.smartdispatcher.operator.controller.cache.ClusterView;
import dev.smartdispatcher.operator.profile.Learning;
import dev.smartdispatcher.operator.profile.ProfileCheck;
import dev.smartdispatcher.operator.profile.ProfileKey;
import dev.smartdispatcher.operator.profile.Run;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes runs into profiles, beside the work. What tells something new is written at once, the rest of a profile together in ten
 * minutes. Nothing is lost that matters if the operator ends before: the next one finds the runs in the statuses of their jobs. The
 * status is written by PUT with the resource version that was read, so that two writers both get theirs in.
 */
public final class ProfileWriter implements AutoCloseable {
    /** Runs that tell nothing new wait so long for others. */
    static final Duration GATHER = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ProfileWriter.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofMinutes(1);
    /** Profiles that may wait to be written: of more, runs are dropped, to be found in their jobs after a restart. */
    private static final int MOST_WAITING = 20_000;

    private final KubernetesClient client;
    private final ClusterView cluster;
    private final DispatcherMetrics metrics;
    private final Clock clock;
    private final ProfileSweeper sweeper;
    private final DaemonTimer timer = new DaemonTimer("profile-writer");
    private final Map<ProfileKey, Waiting> waiting = new LinkedHashMap<>();
    /** When a profile was last written, while that is less than {@link #GATHER} ago. */
    private final Map<ProfileKey, Instant> written = new LinkedHashMap<>();

    /** Runs of a profile by id, and when they are to be written. */
    private record Waiting(TreeMap<String, Run> runs, Instant due) {
        private Waiting dueBy(Instant time) {
            return time.isBefore(due) ? new Waiting(runs, time) : this;
        }
    }

    public ProfileWriter(KubernetesClient client, ClusterView cluster, DispatcherMetrics metrics, Clock clock) {
        this.client = client;
        this.cluster = cluster;
        this.metrics = metrics;
        this.clock = clock;
        sweeper = new ProfileSweeper(client, cluster, clock);
    }

    /** Writes what is due now and then, and deletes profiles that nobody uses any more. */
    public void start() {
        timer.each(SOON, SOON, this::write);
        timer.each(ProfileSweeper.EACH, ProfileSweeper.EACH, sweeper::sweep);
    }

    /** Deletes profiles that nobody uses any more; happens now and then by itself. */
    public void sweep() {
        sweeper.sweep();
    }

    /** A run to be written, unless it is so old that its profile would be deleted. */
    public synchronized void add(ProfileKey key, Run run) {
        var now = clock.instant();
        var before = waiting.get(key);
        if (before == null && waiting.size() >= MOST_WAITING || ProfileSweeper.isUnused(run.end(), now)) {
            return;
        }
        var runs = before == null ? new TreeMap<String, Run>() : before.runs();
        runs.put(run.id(), run);
        if (runs.size() > BuildProfileStatus.MOST_RECENT) {
            runs.values().stream()
                    .min((one, other) -> one.end().compareTo(other.end()))
                    .ifPresent(oldest -> runs.remove(oldest.id()));
        }
        var due = Learning.isUrgent(known(key), run)
                ? now
                : Optional.ofNullable(written.get(key)).orElse(now).plus(GATHER);
        waiting.put(key, (before == null ? new Waiting(runs, due) : before).dueBy(due));
    }

    private BuildProfileStatus known(ProfileKey key) {
        return cluster.profiles()
                .named(key.namespace(), key.name())
                .flatMap(profile -> Optional.ofNullable(profile.getStatus()))
                .filter(ProfileCheck::isSound)
                .orElse(BuildProfileStatus.EMPTY);
    }

    /** Writes what is due. */
    public void write() {
        for (var key : due()) {
            var runs = take(key);
            if (!runs.isEmpty()) {
                write(key, runs);
            }
        }
    }

    private synchronized List<ProfileKey> due() {
        var now = clock.instant();
        written.values().removeIf(time -> now.isAfter(time.plus(GATHER)));
        return waiting.entrySet().stream()
                .filter(entry -> !now.isBefore(entry.getValue().due()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private synchronized Collection<Run> take(ProfileKey key) {
        var taken = waiting.remove(key);
        return taken == null ? List.of() : new ArrayList<>(taken.runs().values());
    }

    /** Not written, they are to be written later, together with those that have come meanwhile. */
    private synchronized void putBack(ProfileKey key, Collection<Run> runs, Duration pause) {
        var due = clock.instant().plus(pause);
        var before = waiting.get(key);
        var all = before == null ? new TreeMap<String, Run>() : before.runs();
        runs.forEach(run -> all.putIfAbsent(run.id(), run));
        waiting.put(key, new Waiting(all, due));
    }

    private void write(ProfileKey key, Collection<Run> runs) {
        try {
            var profile = readOrCreate(key);
            var before = Optional.ofNullable(profile.getStatus()).orElse(BuildProfileStatus.EMPTY);
            var after = Learning.with(before, key, runs);
            if (after != before) {
                profile.getMetadata().setManagedFields(List.of());
                profile.setStatus(after);
                client.resource(profile).updateStatus();
                metrics.profileWritten();
            }
            wrote(key);
        } catch (KubernetesClientException e) {
            LOG.atDebug()
                    .addKeyValue(LogKeys.STATUS_CODE, e.getCode())
                    .log("BuildProfile {}/{} not written: {}", key.namespace(), key.name(), ApiFailure.reason(e));
            retry(key, runs, e);
        }
    }

    private synchronized void wrote(ProfileKey key) {
        written.put(key, clock.instant());
    }

    /** A namespace that is gone needs no profiles; where they are not allowed they may be later. */
    private void retry(ProfileKey key, Collection<Run> runs, KubernetesClientException e) {
        if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
            putBack(key, runs, SOON);
        } else if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
            putBack(key, runs, LATER);
        }
    }

    private BuildProfile readOrCreate(ProfileKey key) {
        var there = client.resources(BuildProfile.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (there != null) {
            return there;
        }
        sweeper.makeRoom(key.namespace());
        var profile = new BuildProfile();
        profile.getMetadata().setNamespace(key.namespace());
        profile.getMetadata().setName(key.name());
        return client.resource(profile).create();
    }

    @Override
    public void close() {
        timer.close();
    }
}
