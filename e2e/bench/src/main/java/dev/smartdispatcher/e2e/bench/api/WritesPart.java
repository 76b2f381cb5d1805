package dev.smartdispatcher.e2e.bench.api;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.bench.stand.Arrivals;
import dev.smartdispatcher.e2e.bench.stand.Farm;
import dev.smartdispatcher.e2e.bench.stand.Figures;
import dev.smartdispatcher.e2e.bench.stand.MeasuredOperator;
import dev.smartdispatcher.e2e.bench.stand.Parallel;
import dev.smartdispatcher.e2e.bench.stand.Stand;
import dev.smartdispatcher.e2e.controlplane.AuditLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts the operator's requests by the audit log, in a run of its own, since that log would cost the API server time. All
 * jobs fit at once: what a job costs that has to wait is another matter.
 */
final class WritesPart {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    /** So long that the operator sees each of them run. */
    private static final Duration POD_LENGTH = Duration.ofSeconds(10);

    /** What is created there is a question. The preflight asks some, each twenty seconds. */
    private static final String REVIEWS = "authorization.k8s.io";

    private static final int CONFLICT = 409;
    /** Nothing of a job is on its way any more if nothing came for so long, even if the operator stood still meanwhile. */
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** What is written of a job itself: of the lease and of workers something is always on its way. */
    private static final Set<String> OF_JOBS = Set.of("buildjobs", "pods", "events");

    private final Sizes sizes;
    private final Load load;

    WritesPart(Sizes sizes) {
        this.sizes = sizes;
        this.load = new Load(sizes.seed());
    }

    /**
     * Requests of the operator for each job, by verb and resource.
     *
     * @param writes that were done
     * @param conflicts writes that were refused since the object had changed
     * @param reads single objects and lists that were asked for
     */
    record PerJob(Map<String, Double> writes, Map<String, Double> conflicts, Map<String, Double> reads) {}

    PerJob run(Path project, Path directory) {
        int jobs = Math.min(sizes.audited(), sizes.farm().slots());
        var farm = new Farm(sizes.workers(), sizes.cores(), POD_LENGTH);
        try (var stand = Stand.startAudited(project, directory, farm);
                var operator = MeasuredOperator.start(stand, sizes.operatorJvm())) {
            var client = stand.client();
            client.resource(load.environment()).create();
            var complete = new Arrivals();
            try (var watch = complete.watch(client.resources(BuildJob.class)
                    .inNamespace(Load.NAMESPACE)
                    .withField("status.phase", "Complete"))) {
                // The first job brings the ConfigMaps that all share.
                client.resource(load.buildJob(0)).create();
                complete.await(1, "writes: jobs complete", sizes.limit(), operator.server()::pid);
                var before = settled(stand).size();
                Parallel.run(
                        sizes.creators(),
                        IntStream.rangeClosed(1, jobs).boxed().toList(),
                        number -> client.resource(load.buildJob(number)).create());
                complete.await(jobs + 1, "writes: jobs complete", sizes.limit(), operator.server()::pid);
                var requests = settled(stand);
                return count(requests.subList(before, requests.size()), jobs);
            }
        }
    }

    /** The Events of the last jobs are written beside them, so a little later: waits until nothing is written any more. */
    private static List<AuditLog.Request> settled(Stand stand) {
        var seen = new AtomicInteger();
        await().pollInterval(QUIET).atMost(Duration.ofMinutes(3)).until(() -> {
            int now = (int) requests(stand).stream()
                    .filter(request -> OF_JOBS.contains(request.resource()))
                    .count();
            return seen.getAndSet(now) == now;
        });
        return requests(stand);
    }

    private static List<AuditLog.Request> requests(Stand stand) {
        return stand.plane().audit().of(Stand.ACCOUNT).stream()
                .filter(request -> !request.group().equals(REVIEWS))
                .toList();
    }

    private static PerJob count(List<AuditLog.Request> requests, int jobs) {
        return new PerJob(
                count(requests, jobs, r -> WRITES.contains(r.verb()) && r.code() < 300),
                count(requests, jobs, r -> WRITES.contains(r.verb()) && r.code() == CONFLICT),
                count(requests, jobs, r -> r.verb().equals("get") || r.verb().equals("list")));
    }

    private static Map<String, Double> count(
            List<AuditLog.Request> requests, int jobs, Predicate<AuditLog.Request> which) {
        return Figures.perJob(
                requests.stream()
                        .filter(r -> !r.resource().isEmpty())
                        .filter(which)
                        .collect(Collectors.groupingBy(WritesPart::what, Collectors.counting())),
                jobs);
    }

    private static String what(AuditLog.Request request) {
        return request.verb() + " " + request.resource()
                + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
    }
}
