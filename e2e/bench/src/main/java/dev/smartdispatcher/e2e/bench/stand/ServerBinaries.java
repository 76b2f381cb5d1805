package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.e2e.controlplane.Binaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The binaries of the control plane, built where they are missing. */
final class ServerBinaries {
    private static final String[] NEEDS = {"etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler"};

    private ServerBinaries() {}

    /**
     * Those that {@code KUBEBUILDER_ASSETS} names, else those that are built already or now, which takes minutes and tells
     * its progress on standard error.
     *
     * @throws BenchFailure if there are none and they cannot be built
     */
    static Binaries require(Path project, Map<String, String> environment) {
        var binaries = Binaries.find(project, environment);
        if (binaries.missing(NEEDS).isPresent()
                && environment.getOrDefault(Binaries.VARIABLE, "").isBlank()) {
            build(project);
        }
        binaries.missing(NEEDS).ifPresent(what -> {
            throw new BenchFailure(what);
        });
        return binaries;
    }

    private static void build(Path project) {
        var command = new ArrayList<>(
                List.of("bash", project.resolve("e2e/control-plane/build").toString()));
        command.addAll(List.of(NEEDS));
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new BenchFailure("no control plane to measure, see e2e/control-plane/README.md");
            }
        } catch (IOException e) {
            throw new BenchFailure("cannot run " + command + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted while building the control plane", e);
        }
    }
}
