package dev.smartdispatcher.e2e.localnode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All processes of one pod: those that descend from its first one, and, where there is a /proc, those that have its mark in
 * their environment, so that what was left by its parents, or left them, is found too. Nothing else is taken for the pod's,
 * not even what works in its directory: that may be a shell of somebody who looks.
 *
 * @param mark a variable with its value that no other process has, as {@code NAME=value}
 */
record ProcessTree(Process first, String mark) {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessTree.class);
    private static final Path PROC = Path.of("/proc");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MILLIS_BETWEEN_LOOKS = 10;

    /** Asks the first process to end, as a kubelet does; kills all after the grace, or once the first one has ended. */
    void end(Duration grace) throws InterruptedException {
        first.destroy();
        first.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
        kill();
    }

    /** Kills all. Returns when none is left: some may be born while others die, so that it looks more than once. */
    void kill() throws InterruptedException {
        var until = Instant.now().plus(PATIENCE);
        first.destroyForcibly();
        first.waitFor();
        for (var left = members(); !left.isEmpty(); left = members()) {
            left.forEach(ProcessHandle::destroyForcibly);
            if (Instant.now().isAfter(until)) {
                LOG.atWarn().addKeyValue("mark", mark).log("processes of a pod do not end");
                return;
            }
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
        }
    }

    private List<ProcessHandle> members() {
        var marked = ProcessHandle.allProcesses().filter(p -> isMarked(p.pid()));
        return Stream.concat(first.descendants(), marked)
                .distinct()
                .filter(p -> !isDefunct(p.pid()))
                .toList();
    }

    private boolean isMarked(long pid) {
        var process = PROC.resolve(Long.toString(pid));
        try {
            // Kernel files have no size: read them to their end.
            var environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return ('\0' + environment).contains('\0' + mark + '\0');
        } catch (IOException e) {
            // Gone, or another user's.
            return false;
        }
    }

    /** Whether it has ended, and only nobody has waited for it. */
    private static boolean isDefunct(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
        } catch (IOException e) {
            return !ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        }
    }
}
