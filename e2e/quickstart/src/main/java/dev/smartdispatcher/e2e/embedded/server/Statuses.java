package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.verbs.Target;

/** The {@code Status} objects of success. */
final class Statuses {
    private Statuses() {}

    static ObjectNode success() {
        var status = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "v1")
                .put("kind", "Status")
                .put("status", "Success");
        status.putObject("metadata");
        return status;
    }

    static ObjectNode deleted(Target target, String uid) {
        var status = success();
        status.putObject("details")
                .put("name", target.key().name())
                .put("group", target.kind().gvr().group())
                .put("kind", target.kind().gvr().resource())
                .put("uid", uid);
        return status;
    }
}
