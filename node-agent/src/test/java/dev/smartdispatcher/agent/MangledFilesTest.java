package dev.smartdispatcher.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.agent.probe.FixtureMachine;
import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.hardware.SpeedProbe;
import dev.smartdispatcher.api.Bounds;
import dev.smartdispatcher.api.worker.facts.AgentFacts;
import dev.smartdispatcher.api.worker.facts.Problem;
import dev.smartdispatcher.api.worker.facts.SpeedIndex;
import dev.smartdispatcher.arch.Quantities;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the files of a machine hold, the agent publishes what it can, and says why of the rest. */
class MangledFilesTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T08:30:00Z"), ZoneOffset.UTC);
    private static final int ROUNDS = 60;

    /** What breaks those who expect numbers, lists and ends of lines. */
    private static final List<String> PIECES = List.of(
            "",
            "-1",
            "0-2147483647",
            "99999999999999999999",
            "9223372036854775807",
            "1e400",
            "NaN",
            "Infinity",
            ":",
            "\n",
            "\0",
            "=",
            ",",
            "-",
            "cpu ",
            "kB",
            "\t",
            "ÿ",
            "processor\t: 0",
            "isa\t: ",
            "cpu : POWER99,",
            "magic zz");

    @TempDir
    Path root;

    private List<Path> copy(FixtureMachine machine) throws IOException {
        var from = machine.paths().root();
        var files = new ArrayList<Path>();
        try (Stream<Path> all = Files.walk(from)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                var to = root.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                files.add(to);
            }
        }
        return files;
    }

    private AgentFacts look(FixtureMachine machine) {
        var paths = new HostPaths(root);
        var speed = new SpeedProbe(
                paths, threads -> new SpeedIndex(100, 100 * threads), Optional.empty(), Runnable::run, CLOCK);
        var probes = HostProbes.of(
                paths,
                AgentOptions.DEFAULT_BUILD_PATH,
                AgentOptions.DEFAULT_FEATURES_DIRECTORY,
                machine.kernel(),
                speed,
                CLOCK);
        probes.get();
        return probes.get();
    }

    @ParameterizedTest
    @EnumSource
    void noExceptionLeavesAProbe(FixtureMachine machine) throws IOException {
        var files = copy(machine);
        var original = new ArrayList<byte[]>();
        for (var file : files) {
            original.add(Files.readAllBytes(file));
        }
        for (long seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            for (int i = 0; i < files.size(); i++) {
                Files.write(files.get(i), random.nextInt(3) == 0 ? mangled(original.get(i), random) : original.get(i));
            }
            sound(look(machine), "seed " + seed);
        }
    }

    private static byte[] mangled(byte[] content, Random random) {
        var text = new StringBuilder(new String(content, StandardCharsets.ISO_8859_1));
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            int end = Math.min(text.length(), at + random.nextInt(12));
            text.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(4) == 0) {
            text.setLength(random.nextInt(text.length() + 1));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** It can be written to the API, whose bounds it keeps, and every problem is a sentence of ours. */
    private static void sound(AgentFacts facts, String seed) {
        assertThat(facts.problems())
                .as(seed)
                .hasSizeLessThanOrEqualTo(32)
                .extracting(Problem::message)
                .noneMatch(message -> message.startsWith("Unexpected"));
        if (facts.cpu() != null) {
            assertThat(facts.cpu().threads()).as(seed).isBetween(1, Bounds.PROCESSORS);
            assertThat(facts.cpu().cores()).as(seed).isBetween(1, facts.cpu().threads());
            assertThat(facts.cpu().flags()).as(seed).isSorted();
            if (facts.cpu().bogoMips() != null) {
                assertThat(facts.cpu().bogoMips()).as(seed).isBetween(0, Bounds.SPEED);
            }
        }
        if (facts.memory() != null) {
            assertThat(Quantities.bytes(facts.memory().total())).as(seed).isNotNegative();
        }
        if (facts.load() != null && facts.load().cpu() != null) {
            assertThat(Quantities.millis(facts.load().cpu())).as(seed).isNotNegative();
        }
    }

    /** One file that is not there costs what is read from it, and nothing else. */
    @Test
    void aFileThatIsMissingCostsItsOwnFacts() throws IOException {
        copy(FixtureMachine.X86_64_KVM_GUEST);
        assertThat(look(FixtureMachine.X86_64_KVM_GUEST).problems()).isEmpty();
        assertThat(without("proc/meminfo")).containsExactlyInAnyOrder("memory", "load");
        assertThat(without("proc/stat")).containsExactly("load");
        assertThat(without("proc/sys/kernel/osrelease")).containsExactly("kernel");
        assertThat(without("proc/cpuinfo")).containsExactlyInAnyOrder("cpu", "hypervisor");
        assertThat(without("sys/devices/system/cpu/online")).containsExactlyInAnyOrder("cpu", "speedIndex");
    }

    private Set<String> without(String file) throws IOException {
        var path = root.resolve(file);
        var content = Files.readAllBytes(path);
        Files.delete(path);
        try {
            var facts = look(FixtureMachine.X86_64_KVM_GUEST);
            assertThat(facts.problems())
                    .extracting(Problem::message)
                    .allMatch(message -> message.endsWith(file + " does not exist."));
            return facts.problems().stream().map(Problem::probe).collect(Collectors.toSet());
        } finally {
            Files.write(path, content);
        }
    }
}
