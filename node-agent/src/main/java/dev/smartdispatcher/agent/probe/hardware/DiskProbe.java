package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.kernel.Kernel;
import dev.smartdispatcher.agent.kernel.Space;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.worker.facts.DiskFacts;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;

/**
 * The file system that builds use: the one of the directory given, or of the nearest above it that exists. In a pod the
 * host's file system must be mounted under the root, else the nearest is the pod's own.
 */
public final class DiskProbe implements Probe {
    private final HostPaths paths;
    private final String buildPath;
    private final Kernel kernel;

    public DiskProbe(HostPaths paths, String buildPath, Kernel kernel) {
        this.paths = paths;
        this.buildPath = buildPath;
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public Finding look() throws IOException {
        Space space = kernel.space(paths.nearestExisting(buildPath));
        if (space.capacity() < 0 || space.capacity() > Quantities.MOST || space.free() < 0) {
            throw new IOException("The file system of " + buildPath + " reports a capacity of " + space.capacity()
                    + " bytes, of which " + space.free() + " are free.");
        }
        DiskFacts facts = new DiskFacts(
                Quantities.ofBytes(space.capacity()), Quantities.ofBytes(space.free()), freeInodes(space));
        return draft -> draft.disk(facts);
    }

    /** A number that the API does not take is a network file system's way of saying that there is no limit. */
    private static Long freeInodes(Space space) {
        return space.freeInodes().isPresent()
                        && space.freeInodes().getAsLong() >= 0
                        && space.freeInodes().getAsLong() <= Bounds.COUNT
                ? space.freeInodes().getAsLong()
                : null;
    }
}
