package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.StatedNumber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How the online hardware threads are arranged, as lscpu counts them: threads of one core name the same set of siblings,
 * and so do cores of one socket. Source: the kernel's documentation, admin-guide/cputopology.
 */
record CpuTopology(int packages, int cores, int threads, int numaNodes) {
    private static final String CPUS = "/sys/devices/system/cpu";
    private static final String ONLINE = CPUS + "/online";
    /** Twice what the largest Linux is built for. */
    private static final int MOST_CPUS = 16_384;

    private static final String NODES = "/sys/devices/system/node";

    static CpuTopology of(HostPaths paths) throws IOException {
        List<Integer> online = numbers(paths.text(ONLINE));
        Set<String> cores = new HashSet<>();
        Set<String> packages = new HashSet<>();
        for (int cpu : online) {
            String topology = CPUS + "/cpu" + cpu + "/topology/";
            // The names before Linux 5.3 are served still. Without a topology each thread is a core of one package.
            cores.add(paths.textIfAny(topology + "thread_siblings_list").orElse("cpu" + cpu));
            packages.add(paths.textIfAny(topology + "core_siblings_list").orElse(""));
        }
        int nodes = (int) paths.names(NODES).stream()
                .filter(name -> name.matches("node\\d+"))
                .count();
        return new CpuTopology(packages.size(), cores.size(), online.size(), Math.max(1, nodes));
    }

    /** The numbers of a list such as {@code 0-3,8}. */
    private static List<Integer> numbers(String list) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",")) {
            String[] ends = range.strip().split("-", 2);
            long first = StatedNumber.whole(ends[0], ONLINE, MOST_CPUS);
            long last = StatedNumber.whole(ends[ends.length - 1], ONLINE, MOST_CPUS);
            for (long number = first; number <= last; number++) {
                numbers.add((int) number);
            }
            if (numbers.size() > MOST_CPUS) {
                throw new IOException(ONLINE + " lists more than " + MOST_CPUS + " CPUs.");
            }
        }
        if (numbers.isEmpty()) {
            throw new IOException(ONLINE + " lists no CPU.");
        }
        return numbers;
    }
}
