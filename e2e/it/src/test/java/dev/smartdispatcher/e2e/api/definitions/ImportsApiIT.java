package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.cli.Main;
import dev.smartdispatcher.e2e.SourceTree;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.raw.RawApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line makes of other systems' files is taken by an API server to the letter. */
@ApiTier
class ImportsApiIT {
    private static final String STRICT = "?dryRun=All&fieldValidation=Strict";
    private static final Path CONSTRAINTS = SourceTree.file("cli/src/test/resources/constraints");
    private static final Path CONFIGS = SourceTree.file("cli/src/test/resources/prjconf");

    @TempDir
    private Path directory;

    private final RawApi api;

    ImportsApiIT(KubernetesClient client) {
        api = new RawApi(client);
    }

    @Test
    void constraints() throws IOException {
        for (var file : files(CONSTRAINTS, "_constraints")) {
            var jobs =
                    imported("import-constraints", "--arch=x86_64,armv7l,s390x", "--environment=any", file.toString());
            assertThat(jobs).hasSizeGreaterThanOrEqualTo(3).allSatisfy(this::isTaken);
        }
    }

    @Test
    void projectConfigs() throws IOException {
        for (var file : files(CONFIGS, ".conf")) {
            var environments = imported(
                    "import-prjconf",
                    "--image=registry.test/b:1",
                    "--repository=packages",
                    "-Dsuse_version=1600",
                    file.toString());
            assertThat(environments).hasSize(1).allSatisfy(this::isTaken);
        }
    }

    /** A long list, every target with lists of its own, and names as distributions have them. */
    @Test
    void aLargeProjectConfig() throws IOException {
        var text = new StringBuilder("HostArch: x86_64\n");
        for (var arch : List.of(
                "x86_64",
                "i586",
                "aarch64",
                "armv7l",
                "ppc64le",
                "s390x",
                "riscv64",
                "ppc64",
                "armv6l",
                "loongarch64")) {
            text.append("%ifarch ")
                    .append(arch)
                    .append("\nPreinstall: only-")
                    .append(arch)
                    .append('\n');
            text.append("OnlyNative: cross-")
                    .append(arch)
                    .append("-gcc\nCBInstall: host-")
                    .append(arch)
                    .append("\n%endif\n");
        }
        for (int i = 0; i < 900; i++) {
            text.append("Required: libstdc++")
                    .append(i)
                    .append("_a.b-devel perl(Strict::N")
                    .append(i)
                    .append(")\n");
        }
        var file = Files.writeString(directory.resolve("large.conf"), text);
        var environments = imported("import-prjconf", "--image=b", file.toString());
        assertThat(environments).hasSize(1).allSatisfy(this::isTaken);
    }

    private void isTaken(JsonNode object) {
        var answer = api.post(Definition.of(object.path("kind").asText()).path() + STRICT, object);
        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        assertThat(answer.warnings()).isEmpty();
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        try (var files = Files.walk(directory)) {
            var found = files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    /** The objects that a command prints as JSON. */
    private static List<JsonNode> imported(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var status = Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments), Stream.of("-o", "json"))
                        .toArray(String[]::new));
        assertThat(status).as(err.toString()).isZero();
        var printed = Serialization.unmarshal(out.toString(), JsonNode.class);
        var objects = new ArrayList<JsonNode>();
        (printed.has("items") ? printed.path("items") : List.of(printed)).forEach(objects::add);
        return objects;
    }
}
