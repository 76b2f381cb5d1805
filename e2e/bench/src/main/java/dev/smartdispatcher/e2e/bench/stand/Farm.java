package dev.smartdispatcher.e2e.bench.stand;

import java.time.Duration;

/**
 * What a benchmark's control plane has for nodes. All nodes are equal.
 *
 * @param workers number of nodes, each of which is a build worker too
 * @param cores of each, with 2 GiB of memory and 16 GiB of disk a core
 * @param podLength how long each pod runs
 */
public record Farm(int workers, int cores, Duration podLength) {
    /** How many jobs of one core can run at once. */
    public int slots() {
        return workers * cores;
    }
}
