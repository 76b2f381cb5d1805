package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.e2e.chaos.fault.RequestFault;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.kubelet.Kubelets;
import dev.smartdispatcher.threads.DaemonThreads;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One run: a farm is disturbed for a while, is left in peace until all jobs have ended, and is emptied. All is recorded. */
public final class Run {
    /** Of the writes of both operators this part is disturbed. */
    private static final double SHARE = 0.06;

    private static final Duration START = Duration.ofSeconds(120);
    private static final Duration EMPTY = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Settings settings;
    private final Consumer<String> progress;

    /**
     * What was done.
     *
     * @param starts of processes of the operator
     * @param requests of the operators by what was done to them
     * @param settleSeconds from the last disturbance until all jobs had ended
     */
    public record Done(int starts, Map<RequestFault, Long> requests, long settleSeconds) {}

    /** @param progress is told in a line what goes on */
    public Run(Settings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Returns when the history is whole. */
    public Done run() throws IOException, InterruptedException {
        var timetable = Timetable.of(settings);
        try (var stand = Stand.start(settings.work(), settings.history())) {
            var plane = stand.plane();
            var admin = plane.anotherAdmin();
            var journal = stand.recorder();
            journal.write(Act.Kind.Begin, Long.toString(settings.seed()));
            var rights = Rights.install(admin);
            Farm.create(admin);
            try (var agents = new Agents(plane, rights);
                    var kubelets = new Kubelets(plane.anotherAdmin(), journal, Farm.NODES);
                    var replicas = new Replicas(plane, rights.operatorToken(), settings.work(), settings.seed())) {
                await("an operator leads", START, () -> replicas.leader().isPresent());
                var users = new Workload(admin, journal, settings.seed());
                try (var farm = new FarmFaults(
                        new NodeFaults(admin, kubelets, agents, journal),
                        new PodFaults(admin, kubelets, journal),
                        new AdminFaults(admin),
                        agents,
                        users,
                        journal)) {
                    replicas.share(SHARE);
                    disturb(timetable, new LeaderFaults(replicas, plane, journal), farm, users);
                    replicas.repair();
                    farm.repair();
                }
                journal.write(Act.Kind.Quiet, "");
                long settled = settle(admin);
                journal.write(Act.Kind.CleanUp, "");
                empty(admin);
                var done = new Done(replicas.starts(), replicas.requests(), settled);
                journal.awaitAll();
                return done;
            }
        }
    }

    private void disturb(Timetable timetable, LeaderFaults leaders, FarmFaults farm, Workload users)
            throws InterruptedException {
        progress.accept("%d jobs, %d faults of the farm, %d of the leader, in %d s"
                .formatted(
                        timetable.jobs().size(),
                        timetable.farm().size(),
                        timetable.leaders().size(),
                        settings.length().toSeconds()));
        var begin = Instant.now();
        ExecutorService threads = Executors.newFixedThreadPool(3, new DaemonThreads("chaos"));
        var random = new Random(settings.seed());
        var leading = threads.submit(() -> {
            for (int i = 0; i < timetable.leaders().size(); i++) {
                until(begin, Timetable.LEADER_PERIOD.multipliedBy(i).plusSeconds(5));
                leaders.run(timetable.leaders().get(i), random);
            }
        });
        var farming = threads.submit(() -> timetable.farm().forEach(step -> {
            until(begin, step.at());
            farm.begin(step.fault(), step.seed());
        }));
        var using = threads.submit(() -> timetable.jobs().forEach(at -> {
            until(begin, at);
            users.create();
        }));
        threads.shutdown();
        while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            progress.accept(Duration.between(begin, Instant.now()).toSeconds() + " s");
        }
        try {
            leading.get();
            farming.get();
            using.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("the timetable was not kept", e.getCause());
        }
    }

    private static void until(Instant begin, Duration at) {
        var left = Duration.between(Instant.now(), begin.plus(at));
        if (!left.isNegative()) {
            Quietly.pause(left);
        }
    }

    /** Whether they all end is for the checker to judge. The seconds it took. */
    private long settle(KubernetesClient admin) {
        var begin = Instant.now();
        progress.accept("no more disturbances: waiting for the jobs to end");
        waitFor(settings.settle(), () -> admin.resources(BuildJob.class).inAnyNamespace().list().getItems().stream()
                .filter(job -> !job.getSpec()
                        .resources()
                        .memory()
                        .perProcess()
                        .toString()
                        .startsWith("900"))
                .allMatch(job -> job.getStatus() != null && job.getStatus().finished()));
        return Duration.between(begin, Instant.now()).toSeconds();
    }

    private void empty(KubernetesClient admin) {
        progress.accept("deleting the jobs");
        for (var namespace : Farm.NAMESPACES) {
            Quietly.surely(
                    () -> admin.resources(BuildJob.class).inNamespace(namespace).delete());
        }
        waitFor(
                EMPTY,
                () -> Farm.NAMESPACES.stream().allMatch(namespace -> admin.pods()
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .isEmpty())
                        && admin.policy().v1().podDisruptionBudget().inAnyNamespace().list().getItems().stream()
                                .allMatch(guard ->
                                        guard.getSpec().getMinAvailable().getIntVal() == 0));
        // The amounts in workers' statuses follow within five seconds.
        Quietly.pause(Duration.ofSeconds(7));
    }

    private static void await(String what, Duration patience, BooleanSupplier condition) {
        if (!waitFor(patience, condition)) {
            throw new IllegalStateException("not after " + patience.toSeconds() + " s: " + what);
        }
    }

    private static boolean waitFor(Duration patience, BooleanSupplier condition) {
        var end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            var holds = new boolean[1];
            Quietly.once(() -> holds[0] = condition.getAsBoolean());
            if (holds[0]) {
                return true;
            }
            Quietly.pause(LOOK);
        }
        return false;
    }
}
