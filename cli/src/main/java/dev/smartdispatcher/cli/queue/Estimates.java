package dev.smartdispatcher.cli.queue;

import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.cli.cluster.Cluster;
import dev.smartdispatcher.cli.cluster.ClusterException;
import dev.smartdispatcher.cli.cluster.Farm;
import dev.smartdispatcher.cli.cluster.Refusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what expectations are made of, as far as the user may: without a right there is no estimate, and no error. */
public final class Estimates {
    private final Cluster cluster;
    private final Farm farm;

    public Estimates(Cluster cluster) {
        this.cluster = cluster;
        farm = new Farm(cluster);
    }

    /** By the profiles of the namespace, or of all. */
    public Expectations read(boolean everywhere) {
        var expectations = new Expectations(asFarAsAllowed(this::speeds, Map.of()), penalty());
        asFarAsAllowed(
                () -> farm.profiles(everywhere, profile -> {
                    expectations.learn(profile.getMetadata().getNamespace(), profile.getStatus());
                    return profile.getMetadata().getName();
                }),
                List.of());
        return expectations;
    }

    private Map<String, Integer> speeds() {
        var speeds = new HashMap<String, Integer>();
        farm.workers(worker -> {
            speed(worker).ifPresent(speed -> speeds.put(worker.getMetadata().getName(), speed));
            return worker.getMetadata().getName();
        });
        return speeds;
    }

    private static Optional<Integer> speed(BuildWorker worker) {
        return Optional.ofNullable(worker.getStatus())
                .flatMap(status -> Optional.ofNullable(status.agent()))
                .flatMap(agent -> Optional.ofNullable(agent.speedIndex()))
                .map(index -> index.single())
                .filter(single -> single > 0);
    }

    private ModePenalty penalty() {
        return asFarAsAllowed(
                () -> Optional.ofNullable(cluster.client()
                                .resources(DispatchPolicy.class)
                                .withName("default")
                                .get())
                        .flatMap(policy -> Optional.ofNullable(policy.getSpec()))
                        .flatMap(spec -> Optional.ofNullable(spec.modePenaltyPercent()))
                        .orElse(ModePenalty.STANDARD),
                ModePenalty.STANDARD);
    }

    private static <T> T asFarAsAllowed(Supplier<? extends T> read, T otherwise) {
        try {
            return Refusal.translating(read::get);
        } catch (ClusterException e) {
            return otherwise;
        }
    }
}
