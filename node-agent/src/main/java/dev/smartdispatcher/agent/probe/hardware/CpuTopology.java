package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How the online hardware threads are arranged, as lscpu counts them: threads of one core name the same set of siblings,
 * and so do cores of one socket. Source: the kernel's documentation, admin-guide/cputopology.
 */
record CpuTopology(int packages, int cores, int threads, int numaNodes) {
    private static final String CPUS = "/sys/devices/system/cpu";
    private static final String NODES = "/sys/devices/system/node";

    static CpuTopology of(HostPaths paths) throws IOException {
        int[] online = numbers(paths.text(CPUS + "/online"));
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
        return new CpuTopology(packages.size(), cores.size(), online.length, Math.max(1, nodes));
    }

    /** The numbers of a list such as {@code 0-3,8}. */
    private static int[] numbers(String list) {
        return Arrays.stream(list.split(",")).flatMapToInt(CpuTopology::range).toArray();
    }

    private static IntStream range(String range) {
        String[] ends = range.split("-");
        return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
    }
}
