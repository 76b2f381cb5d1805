package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.threads.DaemonThreads;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does to the farm what the timetable says. A node to which something happens is left alone until that is over. */
final class FarmFaults implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FarmFaults.class);
    private static final Duration LEAST = Duration.ofSeconds(6);
    private static final Duration MORE = Duration.ofSeconds(14);
    /** Long enough to be taken for silent, which takes three minutes. */
    private static final Duration AGENT_AWAY = Duration.ofSeconds(200);

    private final NodeFaults nodes;
    private final PodFaults pods;
    private final AdminFaults admins;
    private final Agents agents;
    private final Workload users;
    private final Journal journal;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("farm-faults"));

    FarmFaults(NodeFaults nodes, PodFaults pods, AdminFaults admins, Agents agents, Workload users, Journal journal) {
        this.nodes = nodes;
        this.pods = pods;
        this.admins = admins;
        this.agents = agents;
        this.users = users;
        this.journal = journal;
    }

    /** Begins it at once, in a thread of its own. */
    void begin(FarmFault fault, long seed) {
        timer.execute(() -> guarded(fault.name(), () -> act(fault, new Random(seed))));
    }

    private void act(FarmFault fault, Random random) {
        switch (fault) {
            case DELETE_POD -> pods.delete(random);
            case FORCE_DELETE_POD -> pods.forceDelete(random);
            case EVICT_POD -> pods.evict(random);
            case DELETE_JOB -> Quietly.once(users::deleteAny);
            case RECREATE_JOB -> Quietly.once(users::recreate);
            case CANCEL_JOB -> Quietly.once(users::cancel);
            case SUSPEND_JOB -> {
                Quietly.once(users::suspend);
                later(random, users::resume);
            }
            case EDIT_ENVIRONMENT -> admins.edit(random.nextInt(1000));
            case QUOTA -> {
                var namespace = Farm.NAMESPACES.get(random.nextInt(Farm.NAMESPACES.size()));
                admins.quota(namespace, random.nextInt(3));
                later(random, () -> admins.noQuota(namespace));
            }
            default -> onNode(fault, random);
        }
        journal.write(Act.Kind.Disturb, "farm", fault.name());
    }

    private void onNode(FarmFault fault, Random random) {
        var node = Farm.NODES.get(random.nextInt(Farm.NODES.size()));
        if (!taken.add(node)) {
            return;
        }
        switch (fault) {
            case SILENT_KUBELET -> during(node, random, () -> nodes.silence(node), () -> nodes.heard(node));
            case UNREACHABLE_NODE -> during(node, random, () -> nodes.unreachable(node), () -> nodes.heard(node));
            case REBOOT -> during(node, random, () -> nodes.reboot(node), () -> nodes.rebooted(node));
            case DELETE_NODE -> during(node, random, () -> nodes.delete(node), () -> nodes.register(node));
            case OUT_OF_SERVICE ->
                during(node, random, () -> nodes.outOfService(node), () -> nodes.backInService(node));
            case DRAIN -> during(node, random, () -> admins.drain(node), () -> admins.undrain(node));
            case DRAIN_WITH_DEADLINE ->
                during(
                        node,
                        random,
                        () -> admins.drainBy(node, Duration.ofSeconds(2 + random.nextInt(6))),
                        () -> admins.undrain(node));
            case CORDON -> during(node, random, () -> admins.cordon(node, true), () -> admins.cordon(node, false));
            case LOWER_LIMITS -> during(node, random, () -> admins.lowerLimits(node), () -> admins.restoreLimits(node));
            case SILENT_AGENT -> {
                agents.silence(node);
                end(node, AGENT_AWAY, agents::repair);
            }
            case ROGUE_AGENT -> {
                var other = Farm.NODES.get((Farm.NODES.indexOf(node) + 1) % Farm.NODES.size());
                Quietly.once(() -> agents.publish(node, other));
                taken.remove(node);
            }
            default -> throw new IllegalStateException(fault.name());
        }
    }

    private void during(String node, Random random, Runnable begin, Runnable end) {
        begin.run();
        end(node, length(random), end);
    }

    private void end(String node, Duration length, Runnable end) {
        timer.schedule(
                () -> {
                    guarded("the end on " + node, end);
                    taken.remove(node);
                },
                length.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void later(Random random, Runnable end) {
        timer.schedule(() -> guarded("an end", end), length(random).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Duration length(Random random) {
        return LEAST.plusMillis((long) (random.nextDouble() * MORE.toMillis()));
    }

    private static void guarded(String what, Runnable run) {
        try {
            run.run();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("fault", what).log("not done");
        }
    }

    /** Nothing happens any more, and all is as it was. */
    void repair() {
        close();
        nodes.repair();
        admins.repair();
        agents.repair();
        users.resume();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            timer.awaitTermination(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
