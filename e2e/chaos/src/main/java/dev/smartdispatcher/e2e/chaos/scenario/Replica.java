package dev.smartdispatcher.e2e.chaos.scenario;

import dev.smartdispatcher.e2e.chaos.fault.FaultyProxy;
import dev.smartdispatcher.e2e.process.OperatorProcess;
import dev.smartdispatcher.e2e.process.ServerFailedException;
import dev.smartdispatcher.threads.DaemonThreads;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator as a process behind a bad connection, which is started again a second after its end, as by a kubelet. */
final class Replica implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replica.class);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);
    private static final List<String> OPTIONS =
            List.of("--namespace=" + Rights.NAMESPACE, "--lease=smart-dispatcher", "--check-seconds=20");

    private static final String LEADING = "Leadership leading";

    private final String name;
    private final FaultyProxy proxy;
    private final Path kubeconfig;
    private final Path log;
    private final AtomicInteger starts = new AtomicInteger();
    private final ScheduledExecutorService supervisor =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("supervisor"));
    private volatile OperatorProcess process;
    private volatile boolean stopped;

    Replica(String name, FaultyProxy proxy, Path kubeconfig, Path log) {
        this.name = name;
        this.proxy = proxy;
        this.kubeconfig = kubeconfig;
        this.log = log;
        supervisor.scheduleWithFixedDelay(this::look, 0, BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
    }

    String name() {
        return name;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    /** How often it was started. */
    int starts() {
        return starts.get();
    }

    private void look() {
        var current = process;
        if (current != null && current.isAlive()) {
            return;
        }
        if (current != null) {
            current.close();
        }
        try {
            starts.incrementAndGet();
            process = OperatorProcess.start(kubeconfig, log, OperatorProcess.SMALL, OPTIONS);
        } catch (ServerFailedException e) {
            LOG.atWarn().setCause(e).log("the operator did not start");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("the operator cannot be started");
        }
    }

    /** Whether it leads, by its log: who has led and does not any more has ended. */
    boolean leads() {
        return running()
                .filter(p -> !stopped && p.log().stream().anyMatch(line -> line.contains(LEADING)))
                .isPresent();
    }

    void kill() {
        running().ifPresent(OperatorProcess::close);
    }

    void terminate() {
        running().ifPresent(p -> signal(p, "TERM"));
    }

    void stop() {
        stopped = true;
        running().ifPresent(p -> signal(p, "STOP"));
    }

    void resume() {
        stopped = false;
        running().ifPresent(p -> signal(p, "CONT"));
    }

    private Optional<OperatorProcess> running() {
        return Optional.ofNullable(process).filter(OperatorProcess::isAlive);
    }

    private static void signal(OperatorProcess process, String signal) {
        try {
            process.server().signal(signal);
        } catch (ServerFailedException e) {
            LOG.atDebug().setCause(e).log("it has just ended");
        }
    }

    @Override
    public void close() {
        supervisor.shutdownNow();
        try {
            supervisor.awaitTermination(BACK_OFF.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
        proxy.close();
    }
}
