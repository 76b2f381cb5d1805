package dev.smartdispatcher.cli.past;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.cluster.Jobs;
import dev.smartdispatcher.cli.queue.JobRow;
import dev.smartdispatcher.operator.profile.Learning;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a package's builds in a namespace.
 *
 * @param jobs that there are still, in the order of the queue
 * @param learned a line for each pair of architectures: what the next build is expected to need
 * @param builds that the operator remembers, the newest first
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PackageHistory(String packageName, List<JobRow> jobs, List<String> learned, List<PastBuild> builds) {
    private static final double PERCENT = 100;

    /** Reads it from jobs and profiles. */
    public static PackageHistory read(Cluster cluster, String packageName, Instant now) {
        var profiles = new Farm(cluster)
                        .profiles(false, profile -> Optional.ofNullable(profile.getStatus())
                                .filter(status -> packageName.equals(status.packageName()))
                                .orElse(null))
                        .stream()
                        .filter(Objects::nonNull)
                        .toList();
        var jobs = new Jobs(cluster)
                .all(job -> JobRow.of(job, now)).stream()
                        .filter(row -> row.packageName().equals(packageName))
                        .sorted(JobRow.BY_QUEUE)
                        .toList();
        return new PackageHistory(
                packageName,
                jobs,
                profiles.stream().map(PackageHistory::line).sorted().toList(),
                profiles.stream()
                        .flatMap(profile -> Learning.runs(profile).stream().map(run -> PastBuild.of(profile, run)))
                        .sorted(Comparator.comparing(PastBuild::ended).reversed())
                        .toList());
    }

    /** Whether nobody has ever built it here. */
    public boolean knowsNothing() {
        return jobs.isEmpty() && learned.isEmpty();
    }

    private static String line(BuildProfileStatus profile) {
        var line = new StringBuilder(
                profile.targetArch() + " on " + profile.hostArch() + ": " + profile.runs() + " builds");
        if (profile.memory() != null) {
            line.append(", memory ")
                    .append(profile.memory().base())
                    .append(" + N x ")
                    .append(profile.memory().perProcess());
        }
        if (profile.disk() != null) {
            line.append(", disk ").append(profile.disk());
        }
        if (profile.work() != null) {
            line.append(", ").append(profile.work().coreSeconds()).append(" core seconds");
        }
        if (profile.failureRate() != null) {
            line.append(", ")
                    .append(Math.round(profile.failureRate() * PERCENT))
                    .append(" % failed lately");
        }
        return line.toString();
    }
}
