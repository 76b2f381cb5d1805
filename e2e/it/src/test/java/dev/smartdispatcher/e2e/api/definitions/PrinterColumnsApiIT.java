package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.RawApi;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What {@code kubectl get} prints of each kind: the columns, those of {@code -o wide} marked, with a complete object and one
 * that nobody has looked at yet.
 */
@ApiTier
class PrinterColumnsApiIT {
    private static final Path GOLDEN = Path.of("src/test/resources/api/columns.txt");
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String LINE = "%-17s%-6s%-9s%-56s%s";
    private static final String NEW = "new";

    @Test
    void columnsAreAsRecorded(KubernetesClient client) throws IOException {
        var api = new RawApi(client);
        var text = Definition.shipped().stream().map(kind -> columns(api, kind)).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(GOLDEN).as("-Dgolden.update=true writes it anew").hasContent(text);
    }

    private static String columns(RawApi api, Definition kind) {
        var complete = Sample.of(kind).object();
        assertThat(api.createWithStatus(kind.path(), complete).accepted()).isTrue();
        var rows = new ArrayList<>(List.of(row(api, kind, complete)));
        // There is no second policy.
        if (!kind.kind().equals("DispatchPolicy")) {
            rows.add(row(api, kind, createNew(api, kind, complete)));
        }
        var lines = new ArrayList<>(List.of(kind.kind()));
        var definitions = rows.get(0).path("columnDefinitions");
        for (int i = 0; i < definitions.size(); i++) {
            var column = definitions.get(i);
            int cell = i;
            var cells = rows.stream()
                    .map(row -> cell(row.at("/rows/0/cells").get(cell), column))
                    .toList();
            lines.add(LINE.formatted(
                            column.path("name").asText(),
                            column.path("priority").asInt() == 0 ? "" : "wide",
                            column.path("type").asText(),
                            cells.get(0),
                            cells.size() > 1 ? cells.get(1) : "")
                    .stripTrailing());
        }
        return String.join("\n", lines) + "\n";
    }

    private static ObjectNode createNew(RawApi api, Definition kind, ObjectNode complete) {
        var object = complete.deepCopy();
        object.remove("status");
        object.withObject("/metadata").put("name", NEW);
        assertThat(api.post(kind.path(), object).accepted()).isTrue();
        return object;
    }

    private static JsonNode row(RawApi api, Definition kind, ObjectNode object) {
        return api.get(kind.path() + "/" + object.at("/metadata/name").asText(), TABLE)
                .body();
    }

    /** An age is told by its form, as it grows. */
    private static String cell(JsonNode cell, JsonNode column) {
        var text = cell.isNull() ? "(none)" : cell.asText();
        var isAge = column.path("type").asText().equals("date") && !cell.isNull();
        if (isAge) {
            assertThat(text).matches("[0-9]+[smhdy][0-9smhdy]*");
        }
        return isAge ? "(age)" : text;
    }
}
