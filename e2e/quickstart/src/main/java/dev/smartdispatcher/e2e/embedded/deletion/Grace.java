package dev.smartdispatcher.e2e.embedded.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import java.util.OptionalLong;
import java.util.Set;

/** The seconds that a deletion leaves an object: only a pod that a node may be running has any. */
public final class Grace {
    private static final Set<String> FINISHED = Set.of("Succeeded", "Failed");
    private static final long USUAL = 30;

    private Grace() {}

    public static long of(ResourceKind kind, JsonNode object, OptionalLong wanted) {
        boolean mayRun = kind.isCore("pods")
                && !object.at("/spec/nodeName").asText("").isEmpty()
                && !FINISHED.contains(object.at("/status/phase").asText());
        if (!mayRun) {
            return 0;
        }
        return wanted.orElse(object.at("/spec/terminationGracePeriodSeconds").asLong(USUAL));
    }
}
