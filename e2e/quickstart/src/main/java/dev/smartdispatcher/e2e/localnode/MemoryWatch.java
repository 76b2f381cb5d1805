package dev.smartdispatcher.e2e.localnode;

import dev.smartdispatcher.threads.DaemonThreads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Kills the largest process of a pod when all of them together use more memory than the container may, as a kernel does where there are
 * cgroups. It looks ten times a second, at private memory alone; without a /proc it kills nobody.
 */
final class MemoryWatch {
    private static final Pattern ANONYMOUS = Pattern.compile("(?m)^RssAnon:\\s*([0-9]+) kB$");
    private static final long KIB = 1024;
    private static final int MILLIS_BETWEEN_LOOKS = 100;

    private final Process first;
    private final long limit;
    private volatile boolean killed;

    private MemoryWatch(Process first, long limit) {
        this.first = first;
        this.limit = limit;
    }

    /** Watches until the first process has ended. */
    static MemoryWatch of(Process first, long limit) {
        var watch = new MemoryWatch(first, limit);
        new DaemonThreads("memory-watch").newThread(watch::watch).start();
        return watch;
    }

    /** Whether it has killed something. */
    boolean hasKilled() {
        return killed;
    }

    private void watch() {
        try {
            while (!first.waitFor(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                if (first.descendants().mapToLong(MemoryWatch::bytes).sum() > limit) {
                    killed = true;
                    first.descendants()
                            .max(Comparator.comparingLong(MemoryWatch::bytes))
                            .ifPresent(ProcessHandle::destroyForcibly);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long bytes(ProcessHandle process) {
        try {
            var status = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "status"), StandardCharsets.ISO_8859_1);
            var anonymous = ANONYMOUS.matcher(status);
            return anonymous.find() ? Long.parseLong(anonymous.group(1)) * KIB : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
