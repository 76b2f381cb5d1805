package dev.smartdispatcher.e2e.localnode;

import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One pod from its volumes to its end. {@link #run} blocks for as long as the pod lives; {@link #stop} may come at any time. */
final class PodRun {
    private static final Duration LOOK_FOR_OBJECTS = Duration.ofMillis(500);
    /** As a kubelet: what a container cannot be started with. */
    private static final int START_ERROR = 128;
    /** The variable by which a process is known to be the pod's, wherever it went. */
    private static final String MARK = "LOCAL_NODE_POD";
    /** The file that stands in for it is put in its place in commands, as directories are for volumes. */
    private static final String TERMINATION_LOG = "/dev/termination-log";
    /** Bytes of the termination message, as a kubelet keeps it. */
    private static final int LONGEST_MESSAGE = 4096;

    private final Pod pod;
    private final PodFiles files;
    private final VolumeFiles volumes;
    private final PodVariables variables;
    private final PodReports reports;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Process process;
    private volatile ProcessTree tree;
    private volatile Optional<MemoryWatch> memory = Optional.empty();

    PodRun(Pod pod, PodFiles files, VolumeFiles volumes, PodVariables variables, PodReports reports) {
        this.pod = pod;
        this.files = files;
        this.volumes = volumes;
        this.variables = variables;
        this.reports = reports;
    }

    void run() throws InterruptedException, IOException {
        for (var init : pod.getSpec().getInitContainers()) {
            if (!prepare(init)) {
                return;
            }
        }
        var container = pod.getSpec().getContainers().get(0);
        var start = start(container);
        if (process == null) {
            return;
        }
        reports.running(pod, start);
        var deadline = pod.getSpec().getActiveDeadlineSeconds();
        if (deadline == null) {
            process.waitFor();
        } else if (!process.waitFor(deadline, TimeUnit.SECONDS)) {
            reports.deadlineExceeded(pod);
            tree.end(grace());
        }
        int exitCode = process.waitFor();
        // As a kernel does when the first process of a container has ended.
        tree.kill();
        reports.terminated(
                pod, start, exitCode, exitCode == 0 ? "Completed" : failure(), terminationMessage(container));
    }

    private String failure() {
        return memory.filter(MemoryWatch::hasKilled).isPresent() ? "OOMKilled" : "Error";
    }

    /** The memory, in bytes, that a container may use. */
    private static Optional<Long> limit(Container container) {
        return Optional.ofNullable(container.getResources())
                .flatMap(resources -> Optional.ofNullable(resources.getLimits()))
                .flatMap(limits -> Optional.ofNullable(limits.get("memory")))
                .map(Quantities::bytes);
    }

    /** Runs an init container to its end; whether the next container may start. */
    private boolean prepare(Container init) throws InterruptedException, IOException {
        var start = start(init);
        if (process == null) {
            return false;
        }
        reports.preparing(pod, init, start);
        int exitCode = process.waitFor();
        tree.kill();
        reports.prepared(pod, init, start, exitCode, terminationMessage(init));
        synchronized (this) {
            process = null;
        }
        return exitCode == 0 && stopped.getCount() > 0;
    }

    /** Starts a container's process, once all that it needs is there. */
    private Instant start(Container container) throws InterruptedException, IOException {
        var image = container.getImage();
        if (!ImageName.isValid(image)) {
            reports.waiting(pod, "InvalidImageName", ImageName.refusal(image));
            stopped.await();
            return Instant.now();
        }
        var told = "";
        while (stopped.getCount() > 0) {
            try {
                launchUnlessStopped(container);
                return Instant.now();
            } catch (VolumeFiles.MissingObject e) {
                if (!told.equals(e.getMessage())) {
                    told = e.getMessage();
                    reports.waiting(pod, "ContainerCreating", "MountVolume.SetUp failed: " + told);
                }
                if (stopped.await(LOOK_FOR_OBJECTS.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Instant.now();
                }
            } catch (IOException e) {
                reports.terminated(pod, Instant.now(), START_ERROR, "StartError", e.getMessage());
                return Instant.now();
            }
        }
        return Instant.now();
    }

    private synchronized void launchUnlessStopped(Container container) throws IOException, VolumeFiles.MissingObject {
        if (stopped.getCount() > 0) {
            process = launch(container);
            tree = new ProcessTree(process, MARK + "=" + pod.getMetadata().getUid());
            memory = limit(container).map(bytes -> MemoryWatch.of(process, bytes));
        }
    }

    private synchronized Process stopped() {
        stopped.countDown();
        return process;
    }

    private Process launch(Container container) throws IOException, VolumeFiles.MissingObject {
        var mounts = mounts(container, volumes.make(pod));
        mounts.put(TERMINATION_LOG, files.terminationLog(pod, container.getName()));
        var paths = new PathRewriter(mounts);
        var said = variables.of(pod, container);
        var command = new ArrayList<String>();
        command.addAll(container.getCommand());
        command.addAll(ImagePrograms.asHere(container.getArgs()));
        command.replaceAll(text -> paths.rewrite(VariableExpansion.expand(text, said)));
        var builder = new ProcessBuilder(command);
        var env = builder.environment();
        env.clear();
        env.putAll(PodVariables.ofImage());
        said.forEach((name, value) -> env.put(name, paths.rewrite(value)));
        // Its own, unless it says otherwise: an empty HOME would be the root of this machine.
        env.putIfAbsent("HOME", files.home(pod).toString());
        env.putIfAbsent("TMPDIR", files.temporary(pod).toString());
        env.put(MARK, pod.getMetadata().getUid());
        builder.directory(workingDirectory(container.getWorkingDir(), paths).toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log(container).toFile());
        return builder.start();
    }

    /** The pod's own for what kubectl logs shows; beside it those of init containers. */
    private Path log(Container container) throws IOException {
        var name = pod.getMetadata().getName();
        return files.log(
                pod.getMetadata().getNamespace(),
                pod.getSpec().getInitContainers().contains(container) ? name + "." + container.getName() : name);
    }

    private Map<String, Path> mounts(Container container, Map<String, Path> directories) throws IOException {
        var mounts = new HashMap<String, Path>();
        for (var mount : container.getVolumeMounts()) {
            var directory = directories.get(mount.getName());
            mounts.put(
                    mount.getMountPath(),
                    mount.getSubPath() == null || mount.getSubPath().isEmpty()
                            ? directory
                            : Files.createDirectories(directory.resolve(mount.getSubPath())));
        }
        var mounted = Set.copyOf(mounts.keySet());
        for (var mount : Map.copyOf(mounts).entrySet()) {
            // A command may name the directory in which volumes are mounted; no program reads one that is at the top.
            var parent = Path.of(mount.getKey()).getParent();
            if (parent.getNameCount() > 1 && !mounted.contains(parent.toString()) && !Files.exists(parent)) {
                var links = files.parent(pod, container.getName(), parent);
                files.link(links, Path.of(mount.getKey()).getFileName(), mount.getValue());
                mounts.put(parent.toString(), links);
            }
        }
        return mounts;
    }

    private Path workingDirectory(String wanted, PathRewriter paths) throws IOException {
        var rewritten = wanted == null ? "" : paths.rewrite(wanted);
        return rewritten.isEmpty() || rewritten.equals(wanted)
                ? files.elsewhere(pod)
                : Files.createDirectories(Path.of(rewritten));
    }

    private String terminationMessage(Container container) throws IOException {
        var file = files.terminationLog(pod, container.getName());
        if (!Files.exists(file)) {
            return null;
        }
        var bytes = Files.readAllBytes(file);
        int length = Math.min(bytes.length, LONGEST_MESSAGE);
        return new String(bytes, bytes.length - length, length, StandardCharsets.UTF_8);
    }

    private Duration grace() {
        var seconds = pod.getSpec().getTerminationGracePeriodSeconds();
        return Duration.ofSeconds(seconds == null ? 30 : seconds);
    }

    /** The pod has changed while it runs: its annotations, as files, and its own deadline. */
    void changed(Pod now) throws IOException {
        if (stopped.getCount() > 0 && process != null && process.isAlive()) {
            volumes.tell(now);
        }
    }

    /** Ends the pod: TERM, then KILL after the grace. Returns when nothing of it runs any more. */
    void stop(Duration grace) throws InterruptedException {
        if (stopped() != null) {
            tree.end(grace);
        }
    }
}
