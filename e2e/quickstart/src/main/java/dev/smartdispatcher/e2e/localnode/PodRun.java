package dev.smartdispatcher.e2e.localnode;

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

    PodRun(Pod pod, PodFiles files, VolumeFiles volumes, PodVariables variables, PodReports reports) {
        this.pod = pod;
        this.files = files;
        this.volumes = volumes;
        this.variables = variables;
        this.reports = reports;
    }

    void run() throws InterruptedException, IOException {
        var start = start();
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
        reports.terminated(pod, start, exitCode, exitCode == 0 ? "Completed" : "Error", terminationMessage());
    }

    /** Starts the process, once all that it needs is there. */
    private Instant start() throws InterruptedException, IOException {
        var image = pod.getSpec().getContainers().get(0).getImage();
        if (!ImageName.isValid(image)) {
            reports.waiting(pod, "InvalidImageName", ImageName.refusal(image));
            stopped.await();
            return Instant.now();
        }
        var told = "";
        while (stopped.getCount() > 0) {
            try {
                launchUnlessStopped();
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

    private synchronized void launchUnlessStopped() throws IOException, VolumeFiles.MissingObject {
        if (stopped.getCount() > 0) {
            process = launch();
            tree = new ProcessTree(process, MARK + "=" + pod.getMetadata().getUid());
        }
    }

    private synchronized Process stopped() {
        stopped.countDown();
        return process;
    }

    private Process launch() throws IOException, VolumeFiles.MissingObject {
        var container = pod.getSpec().getContainers().get(0);
        var mounts = mounts(volumes.make(pod));
        mounts.put(TERMINATION_LOG, files.terminationLog(pod));
        var paths = new PathRewriter(mounts);
        var command = new ArrayList<String>();
        command.addAll(container.getCommand());
        command.addAll(ImagePrograms.asHere(container.getArgs()));
        var builder = new ProcessBuilder(command.stream().map(paths::rewrite).toList());
        var env = builder.environment();
        env.clear();
        variables.of(pod, container).forEach((name, value) -> env.put(name, paths.rewrite(value)));
        // Its own, unless it says otherwise: an empty HOME would be the root of this machine.
        env.putIfAbsent("HOME", files.home(pod).toString());
        env.putIfAbsent("TMPDIR", files.temporary(pod).toString());
        env.put(MARK, pod.getMetadata().getUid());
        builder.directory(workingDirectory(container.getWorkingDir(), paths).toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                files.log(pod.getMetadata().getNamespace(), pod.getMetadata().getName())
                        .toFile());
        return builder.start();
    }

    private Map<String, Path> mounts(Map<String, Path> directories) throws IOException {
        var mounts = new HashMap<String, Path>();
        for (var mount : pod.getSpec().getContainers().get(0).getVolumeMounts()) {
            var directory = directories.get(mount.getName());
            mounts.put(
                    mount.getMountPath(),
                    mount.getSubPath() == null || mount.getSubPath().isEmpty()
                            ? directory
                            : Files.createDirectories(directory.resolve(mount.getSubPath())));
        }
        return mounts;
    }

    private Path workingDirectory(String wanted, PathRewriter paths) throws IOException {
        var rewritten = wanted == null ? "" : paths.rewrite(wanted);
        return rewritten.isEmpty() || rewritten.equals(wanted)
                ? files.elsewhere(pod)
                : Files.createDirectories(Path.of(rewritten));
    }

    private String terminationMessage() throws IOException {
        var file = files.terminationLog(pod);
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
