package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.fault.Link;
import dev.smartdispatcher.e2e.chaos.history.Act;
import dev.smartdispatcher.e2e.chaos.history.Journal;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import java.time.Duration;
import java.util.Random;

/** Does to the leader what the timetable says; what lasts a while ends later, in the same thread. */
final class LeaderFaults {
    private static final String LEADER = "leader";
    private static final Duration PAST_LEASE = Duration.ofSeconds(17);
    private static final Duration MORE = Duration.ofSeconds(6);
    private static final Duration WITHIN_LEASE = Duration.ofSeconds(6);
    private static final Duration SERVER_AWAY = Duration.ofSeconds(4);

    private final Replicas replicas;
    private final ControlPlane plane;
    private final Journal journal;

    LeaderFaults(Replicas replicas, ControlPlane plane, Journal journal) {
        this.replicas = replicas;
        this.plane = plane;
        this.journal = journal;
    }

    /** Returns when the fault is over. */
    void run(LeaderFault fault, Random random) {
        if (fault == LeaderFault.RESTART_SERVER) {
            restartServer(random);
            return;
        }
        var leader = replicas.leader();
        var replica = leader.orElseGet(
                () -> replicas.all().get(random.nextInt(replicas.all().size())));
        journal.write(kind(fault), replica.name(), leader.isPresent() ? LEADER : "standby");
        switch (fault) {
            case KILL -> replica.kill();
            case TERMINATE -> replica.terminate();
            case STOP -> {
                replica.stop();
                Quietly.pause(some(PAST_LEASE, MORE, random));
                replica.resume();
            }
            case CUT_OFF, REFUSE -> {
                replica.proxy().link(fault == LeaderFault.CUT_OFF ? Link.SILENT : Link.REFUSING);
                Quietly.pause(fault == LeaderFault.CUT_OFF ? some(PAST_LEASE, MORE, random) : WITHIN_LEASE);
                replica.proxy().link(Link.OPEN);
            }
            default -> throw new IllegalStateException(fault.name());
        }
    }

    private void restartServer(Random random) {
        journal.write(Act.Kind.ServerDown, "kube-apiserver");
        plane.stopApiServer();
        Quietly.pause(some(Duration.ZERO, SERVER_AWAY, random));
        plane.resumeApiServer();
        journal.write(Act.Kind.ServerUp, "kube-apiserver");
    }

    private static Act.Kind kind(LeaderFault fault) {
        return switch (fault) {
            case KILL -> Act.Kind.Kill;
            case TERMINATE -> Act.Kind.Terminate;
            case STOP -> Act.Kind.Stop;
            default -> Act.Kind.CutOff;
        };
    }

    private static Duration some(Duration least, Duration more, Random random) {
        return least.plusMillis((long) (random.nextDouble() * more.toMillis()));
    }
}
