package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.smartdispatcher.e2e.api.ApiTier;
import dev.smartdispatcher.e2e.bounds.*;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.*;

@ApiTier
class CrdRulesApiIT {
    @Test
    void dump(KubernetesClient client) throws Exception {
        var api = new RawApi(client);
        var out = new StringBuilder();
        for (var d : Definition.shipped()) {
            var sample = Sample.of(d);
            var made = api.post(d.path(), sample.object());
            out.append(d + " created " + made.code() + " " + made.message() + "\n");
            for (var b : Bound.of(d)) {
                for (boolean edge : new boolean[] {false, true}) {
                    if (edge && b.edge().isEmpty()) continue;
                    var o = edge ? b.edge().get() : b.broken();
                    Answer a;
                    if (b.place().inStatus()) {
                        o.set("metadata", made.body().get("metadata"));
                        a = api.put(d.path() + "/" + o.at("/metadata/name").asText() + "/status?dryRun=All", o);
                    } else {
                        if (d.kind().equals("DispatchPolicy")) { api.delete(d.path() + "/default"); }
                        ((com.fasterxml.jackson.databind.node.ObjectNode) o.get("metadata")).put("name", d.kind().equals("DispatchPolicy") ? "default" : "x");
                        a = api.post(d.path() + "?dryRun=All", o);
                        if (d.kind().equals("DispatchPolicy")) { made = api.post(d.path(), sample.object()); }
                    }
                    if (edge) { if (!a.accepted()) out.append("EDGE REFUSED " + b + " " + a.complaints() + a.message()+ "\n"); }
                    else if (a.accepted()) out.append("ACCEPTED " + b + "\n");
                    else if (!new HashSet<>(a.complaints()).equals(b.complaints()))
                        out.append("DIFFERS " + b + "\n   " + b.complaints() + "\n   " + a.complaints() + (a.complaints().isEmpty() ? a.code() + a.message() : "") + "\n");
                    else out.append("ok " + b + "\n");
                }
            }
        }
        Files.writeString(Path.of("/tmp/rules-dump.txt"), out);
    }
}
