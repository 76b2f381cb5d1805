package dev.smartdispatcher.e2e.bench.advise.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.agent.advisor.Foreign;
import dev.smartdispatcher.agent.advisor.JobMix;
import dev.smartdispatcher.e2e.bench.simulate.trace.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The stated hosts and mixes, from {@code advise/hosts.json} and {@code advise/mixes.json}.
 *
 * @param reported hosts of the report
 * @param tuning hosts on which the advisor's figures were chosen
 */
public record TestSet(List<TestHost> reported, List<TestHost> tuning, List<Mix> mixes) {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record HostFile(List<TestHost> reported, List<TestHost> tuning) {}

    /** What comes with the benchmark. */
    public static TestSet shipped() throws IOException {
        try (var stream = TestSet.class.getResourceAsStream("/advise/hosts.json")) {
            var hosts = JSON.readValue(stream, HostFile.class);
            return new TestSet(hosts.reported(), hosts.tuning(), shippedMixes());
        }
    }

    private static List<Mix> shippedMixes() throws IOException {
        try (var stream = TestSet.class.getResourceAsStream("/advise/mixes.json")) {
            var file = JSON.readTree(stream);
            var mixes = new ArrayList<Mix>();
            for (var mix : file.get("mixes")) {
                mixes.add(mix(mix, file));
            }
            return List.copyOf(mixes);
        }
    }

    private static Mix mix(JsonNode mix, JsonNode file) throws IOException {
        var jobs = ((ObjectNode) file.get("common")).deepCopy();
        jobs.setAll((ObjectNode) mix.get("overrides"));
        return new Mix(
                mix.get("name").asText(),
                JobMix.valueOf(mix.get("jobs").asText()),
                Foreign.valueOf(mix.get("foreign").asText()),
                Trace.shippedWith(jobs),
                file.get("wavePerThread").asInt(),
                file.get("load").asDouble(),
                file.get("jobsPerRun").asInt());
    }
}
