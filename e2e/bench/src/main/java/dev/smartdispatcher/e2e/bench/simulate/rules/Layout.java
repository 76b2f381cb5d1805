package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.e2e.bench.simulate.trace.Host;

/**
 * How an admin cuts a host into fixed instances.
 *
 * @param instances on the host
 * @param processes N of each; of a strong one at most
 * @param strong whether they are for heavy jobs, and for those that no other instance holds
 */
record Layout(int instances, int processes, boolean strong) {
    /** Cores from which a host is large enough for strong instances. */
    private static final int LARGE = 16;

    private static final int STRONG_CORES = 8;
    private static final long LEAST_MEMORY = 512L << 20;

    /** How the ordinary hosts are cut. */
    enum Style {
        /** An instance a core, one process each. */
        SLOTS {
            @Override
            Layout of(Host host) {
                return new Layout(host.cores(), 1, false);
            }
        },
        /**
         * As the Open Build Service's own set-up script does it: an instance a core, fewer where memory is short, and as many
         * processes as make up for the missing instances.
         */
        OBS {
            @Override
            Layout of(Host host) {
                int instances = host.cores();
                if (host.memory() / instances < LEAST_MEMORY) {
                    instances = (int) Math.max(1, host.memory() / LEAST_MEMORY - 1);
                }
                int processes = instances == 1 ? 1 : Math.max(1, host.cores() / (instances - 1));
                return new Layout(instances, Math.min(processes, host.cores() / instances), false);
            }
        },
        /** Half as many, with two processes each. */
        OBS2 {
            @Override
            Layout of(Host host) {
                return new Layout(Math.max(1, host.cores() / 2), 2, false);
            }
        },
        /** A quarter as many, with four processes each. */
        OBS4 {
            @Override
            Layout of(Host host) {
                return new Layout(Math.max(1, host.cores() / 4), 4, false);
            }
        };

        abstract Layout of(Host host);
    }

    /** Of a host; the first quarter of each class of large ones has strong instances. */
    static Layout of(Host host, long hostsOfClass, Style style) {
        if (host.cores() >= LARGE && host.placeInKind() < (hostsOfClass + 3) / 4) {
            return new Layout(host.cores() / STRONG_CORES, STRONG_CORES, true);
        }
        return style.of(host);
    }
}
