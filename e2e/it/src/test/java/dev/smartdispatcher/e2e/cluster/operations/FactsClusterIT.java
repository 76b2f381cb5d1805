package dev.smartdispatcher.e2e.cluster.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.cluster.tier.BuildFarm;
import dev.smartdispatcher.e2e.cluster.tier.Cluster;
import dev.smartdispatcher.e2e.cluster.tier.ClusterTier;
import io.fabric8.kubernetes.api.model.Node;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents publish is what the system's own tools say of the same machine. */
@ClusterTier
class FactsClusterIT {
    private static final String FEATURES = "/etc/smart-dispatcher/features.d";
    private static final String BUILDS = "/var/lib/kubelet";
    /** Others write and free between two looks. */
    private static final double FREE = 0.1;

    private static AgentFacts facts(BuildFarm farm, String node) {
        return farm.kubectl().get(BuildWorker.class, "bw", node).getStatus().agent();
    }

    private static String in(BuildFarm farm, String node, String... command) {
        return farm.cluster().run(concat(new String[] {"exec", node, "--"}, command));
    }

    private static String[] concat(String[] head, String[] tail) {
        var all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    /** Of lines {@code name: value}. */
    private static Map<String, String> fields(String text) {
        var fields = new TreeMap<String, String>();
        text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> fields.putIfAbsent(parts[0].strip(), parts[1].strip()));
        return fields;
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theProcessorIsThatOfLscpu(String node, BuildFarm farm) {
        var cpu = facts(farm, node).cpu();
        var lscpu = fields(in(farm, node, "env", "LC_ALL=C", "lscpu"));
        assertThat(cpu.vendor()).isEqualTo(lscpu.get("Vendor ID"));
        assertThat(cpu.model()).isEqualTo(lscpu.get("Model name"));
        assertThat(cpu.packages()).isEqualTo(Integer.valueOf(lscpu.get("Socket(s)")));
        assertThat(cpu.cores())
                .isEqualTo(
                        Integer.parseInt(lscpu.get("Socket(s)")) * Integer.parseInt(lscpu.get("Core(s) per socket")));
        assertThat(cpu.threads()).isEqualTo(Integer.valueOf(lscpu.get("CPU(s)")));
        assertThat(cpu.numaNodes()).isEqualTo(Integer.valueOf(lscpu.get("NUMA node(s)")));
        assertThat((double) cpu.bogoMips()).isEqualTo(Math.round(Double.parseDouble(lscpu.get("BogoMIPS"))));
        assertThat(cpu.flags())
                .containsAll(new TreeSet<>(Arrays.asList(lscpu.get("Flags").split(" "))));
        assertThat(facts(farm, node).hostArch()).isEqualTo(lscpu.get("Architecture"));
    }

    /** lscpu calls Xen and VMware by their makers' words, and says nothing where there is none. */
    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theHypervisorIsThatOfLscpu(String node, BuildFarm farm) {
        var vendor = fields(in(farm, node, "env", "LC_ALL=C", "lscpu")).getOrDefault("Hypervisor vendor", "none");
        assertThat(facts(farm, node).hypervisor()).isEqualToIgnoringCase(vendor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theMemoryIsThatOfMeminfo(String node, BuildFarm farm) {
        var facts = facts(farm, node);
        var info = fields(in(farm, node, "cat", "/proc/meminfo"));
        assertThat(Quantities.bytes(facts.memory().total())).isEqualTo(kilobytes(info.get("MemTotal")));
        assertThat(Quantities.bytes(facts.memory().swap())).isEqualTo(kilobytes(info.get("SwapTotal")));
        assertThat((double) Quantities.bytes(facts.load().memoryAvailable()))
                .isCloseTo(kilobytes(info.get("MemAvailable")), within(kilobytes(info.get("MemTotal"))));
    }

    private static long kilobytes(String amount) {
        return Long.parseLong(amount.replace("kB", "").strip()) * 1024;
    }

    private static Offset<Double> within(long whole) {
        return Offset.offset(FREE * whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theDiskIsThatOfDfAndStat(String node, BuildFarm farm) {
        var disk = facts(farm, node).disk();
        long capacity = Quantities.bytes(disk.capacity());
        var df = in(farm, node, "df", "--block-size=1", "--output=size,avail", BUILDS)
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .strip()
                .split("\\s+");
        assertThat(capacity).isEqualTo(Long.parseLong(df[0]));
        assertThat((double) Quantities.bytes(disk.free())).isCloseTo(Double.parseDouble(df[1]), within(capacity));
        var stat = in(farm, node, "stat", "-f", "-c", "%S %b %c %d", BUILDS)
                .strip()
                .split(" ");
        assertThat(capacity).isEqualTo(Long.parseLong(stat[0]) * Long.parseLong(stat[1]));
        if (stat[2].equals("0")) {
            assertThat(disk.freeInodes()).isNull();
        } else {
            assertThat((double) disk.freeInodes())
                    .isCloseTo(Double.parseDouble(stat[3]), within(Long.parseLong(stat[2])));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void theKernelIsThatOfUname(String node, BuildFarm farm) {
        var kernel = facts(farm, node).kernel();
        var release = kernel.flavor() == null ? kernel.version() : kernel.version() + "-" + kernel.flavor();
        assertThat(release).isEqualTo(in(farm, node, "uname", "-r").strip());
        assertThat(facts(farm, node).targets())
                .extracting(target -> target.arch())
                .contains(in(farm, node, "uname", "-m").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"n1", "n2"})
    void nothingIsMissing(String node, BuildFarm farm) {
        var facts = Awaitility.await("the speed is measured")
                .atMost(BuildFarm.PATIENCE)
                .until(
                        () -> facts(farm, node),
                        found -> found.speedIndex() != null && found.load().cpu() != null);
        assertThat(facts.problems()).isEmpty();
        assertThat(facts.recommendedLimits()).hasNoNullFieldsOrProperties();
        assertThat(facts.version()).isNotBlank();
        assertThat(facts.speedIndex().all())
                .isGreaterThanOrEqualTo(facts.speedIndex().single());
    }

    /** A file on the host, a fact of the worker, a job that asks for it; and a label of the Node that the policy names. */
    @Test
    void jobsGoWhereLocalFactsAndNodeLabelsSay(BuildFarm farm) {
        var policy = farm.kubectl()
                .run("get", "dp", "default", "-o", "jsonpath={.spec.nodeLabels}")
                .output()
                .strip();
        try {
            in(
                    farm,
                    "n1",
                    "sh",
                    "-c",
                    "mkdir -p " + FEATURES + " && printf 'rack=a\\nloops=3\\n-bad\\n' >" + FEATURES + "/test");
            in(
                    farm,
                    "n2",
                    "sh",
                    "-c",
                    "mkdir -p " + FEATURES + " && printf 'rack=b\\nloops=9\\n' >" + FEATURES + "/test");
            for (var node : Cluster.NODES) {
                Awaitility.await("local facts of " + node)
                        .atMost(BuildFarm.PATIENCE)
                        .until(() -> facts(farm, node).local().containsKey("rack"));
            }
            assertThat(facts(farm, "n1").problems()).singleElement().satisfies(problem -> assertThat(problem.message())
                    .startsWith("test line 3: '-bad'"));
            farm.submit("rack", "true", "requires: {facts: {local.rack: {in: [b, c]}}}");
            farm.submit("loops", "true", "requires: {facts: {local.loops: {atLeast: 9}}}");
            farm.submit("nowhere", "true", "requires: {facts: {local.loops: {atLeast: 10}}}");
            assertThat(farm.await("rack", "Complete").allocation().worker()).isEqualTo("n2");
            assertThat(farm.await("loops", "Complete").allocation().worker()).isEqualTo("n2");
            assertThat(farm.until("nowhere", status -> status.waiting() != null)
                            .waiting()
                            .message())
                    .contains("2 WrongFacts (needs local.loops at least 10; nearest: n")
                    .contains("has local.loops=");
            farm.kubectl().ok("delete", "bj", "nowhere");

            farm.kubectl().ok("label", "node", "n1", "test.example.com/zone=z", "--overwrite");
            farm.kubectl()
                    .ok(
                            "patch",
                            "dp",
                            "default",
                            "--type=merge",
                            "-p",
                            "{\"spec\": {\"nodeLabels\": [\"test.example.com/zone\"]}}");
            farm.submit("zone", "true", "requires: {workerSelector: {matchLabels: {test.example.com/zone: z}}}");
            assertThat(farm.await("zone", "Complete").allocation().worker()).isEqualTo("n1");
        } finally {
            for (var node : Cluster.NODES) {
                in(farm, node, "rm", "-f", FEATURES + "/test");
                Awaitility.await("no local facts of " + node)
                        .atMost(BuildFarm.PATIENCE)
                        .until(() -> facts(farm, node).problems().isEmpty());
                farm.kubectl().run("label", "node", node, "test.example.com/zone-");
            }
            var before = policy.isEmpty() ? "null" : policy;
            farm.kubectl()
                    .run(
                            "patch",
                            "dp",
                            "default",
                            "--type=merge",
                            "-p",
                            "{\"spec\": {\"nodeLabels\": " + before + "}}");
        }
        assertThat(farm.kubectl().get(Node.class, "node", "n1").getMetadata().getLabels())
                .doesNotContainKey("test.example.com/zone");
    }
}
