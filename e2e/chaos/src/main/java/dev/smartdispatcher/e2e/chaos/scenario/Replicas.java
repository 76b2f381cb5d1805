package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.fault.FaultyProxy;
import dev.smartdispatcher.e2e.chaos.fault.Link;
import dev.smartdispatcher.e2e.chaos.fault.RequestFault;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two operators, each behind a proxy of its own. */
final class Replicas implements AutoCloseable {
    private static final int NUMBER = 2;

    private final Vertx vertx = Vertx.vertx();
    private final List<Replica> replicas = new ArrayList<>();

    Replicas(ControlPlane plane, String token, Path work, long seed) {
        for (int i = 1; i <= NUMBER; i++) {
            var name = "operator-" + i;
            var proxy = new FaultyProxy(vertx, plane.port(), plane.certificate(), plane.certificateKey(), seed + i);
            replicas.add(
                    new Replica(name, proxy, plane.kubeconfig(name, token, proxy.url()), work.resolve(name + ".log")));
        }
    }

    List<Replica> all() {
        return List.copyOf(replicas);
    }

    Optional<Replica> leader() {
        return replicas.stream().filter(Replica::leads).findFirst();
    }

    /** From now on this part of the writes is disturbed. */
    void share(double share) {
        replicas.forEach(replica -> replica.proxy().share(share));
    }

    /** Nothing is disturbed any more. */
    void repair() {
        share(0);
        replicas.forEach(replica -> {
            replica.resume();
            replica.proxy().link(Link.OPEN);
        });
    }

    int starts() {
        return replicas.stream().mapToInt(Replica::starts).sum();
    }

    /** Requests of both by what was done to them. */
    Map<RequestFault, Long> requests() {
        var sum = new EnumMap<RequestFault, Long>(RequestFault.class);
        replicas.forEach(
                replica -> replica.proxy().counts().forEach((fault, count) -> sum.merge(fault, count, Long::sum)));
        return sum;
    }

    @Override
    public void close() {
        replicas.forEach(Replica::close);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
