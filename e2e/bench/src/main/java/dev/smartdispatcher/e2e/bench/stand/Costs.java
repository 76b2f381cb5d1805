package dev.smartdispatcher.e2e.bench.stand;

import dev.smartdispatcher.e2e.process.Server;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a part of a benchmark costs: CPU seconds by process, and requests to the API server by verb and resource. */
public final class Costs {
    private static final String REQUESTS = "apiserver_request_total";

    private final Stand stand;
    private final Map<String, Server> servers;
    private final Map<String, Duration> cpuBefore;
    private final Map<String, Double> requestsBefore;

    private Costs(Stand stand, Map<String, Server> servers) {
        this.stand = stand;
        this.servers = servers;
        requestsBefore = requests();
        cpuBefore = cpu();
    }

    /** From now on, of the stand's servers, of these further ones by name, and of this process. */
    public static Costs from(Stand stand, Map<String, Server> more) {
        var servers = new LinkedHashMap<>(more);
        servers.putAll(stand.servers());
        return new Costs(stand, servers);
    }

    /** CPU time by process until now; this process is {@code benchmark}. */
    public Map<String, Double> cpuSeconds() {
        var seconds = new TreeMap<String, Double>();
        cpu().forEach((name, now) ->
                seconds.put(name, now.minus(cpuBefore.get(name)).toMillis() / 1000.0));
        return seconds;
    }

    /** Requests to the API server until now, by everybody, as {@code create pods} or {@code update buildjobs/status}. */
    public Map<String, Double> requestCounts() {
        var counts = new TreeMap<String, Double>();
        requests().forEach((what, count) -> {
            var more = count - requestsBefore.getOrDefault(what, 0.0);
            if (more > 0) {
                counts.put(what, more);
            }
        });
        return counts;
    }

    private Map<String, Double> requests() {
        var counts = new TreeMap<String, Double>();
        for (var sample :
                Metric.find(stand.plane().admin().raw("/metrics"), REQUESTS).samples()) {
            var resource = sample.labels().getOrDefault("resource", "");
            if (!resource.isEmpty()) {
                counts.merge(what(sample.labels(), resource), sample.value(), Double::sum);
            }
        }
        return counts;
    }

    private static String what(Map<String, String> labels, String resource) {
        var verb = labels.getOrDefault("verb", "").toLowerCase(Locale.ROOT);
        var subresource = labels.getOrDefault("subresource", "");
        return switch (verb) {
                    case "post" -> "create";
                    case "put" -> "update";
                    default -> verb;
                }
                + " " + resource + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    private Map<String, Duration> cpu() {
        var times = new LinkedHashMap<String, Duration>();
        servers.forEach((name, server) -> times.put(
                name,
                time(ProcessHandle.of(server.pid())
                        .orElseThrow(
                                () -> new BenchFailure(name + " has ended, see its log in " + stand.directory())))));
        times.put("benchmark", time(ProcessHandle.current()));
        return times;
    }

    private static Duration time(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
