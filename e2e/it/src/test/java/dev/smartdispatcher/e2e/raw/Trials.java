package dev.smartdispatcher.e2e.raw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries objects in the place of a kind's sample, which is created for it. Where dry runs are served nothing of what is tried
 * is kept; else what is accepted takes the place of what was tried before.
 */
public final class Trials {
    private final RawApi api;
    private final String query;
    private final AtomicInteger changes = new AtomicInteger();

    private Trials(RawApi api, String query) {
        this.api = api;
        this.query = query;
    }

    public static Trials dry(RawApi api) {
        return new Trials(api, "?dryRun=All");
    }

    /** For an API server that knows no dry run. */
    public static Trials real(RawApi api) {
        return new Trials(api, "");
    }

    /** Updates the sample, by the subresource if {@code inStatus}; an object of another name is created. */
    public Answer answer(Definition definition, ObjectNode object, boolean inStatus) {
        var sample = Sample.of(definition);
        var tried = object.deepCopy();
        if (!tried.at("/metadata/name").equals(sample.object().at("/metadata/name"))) {
            return api.post(definition.path() + query, tried);
        }
        var path = definition.path() + "/" + sample.name();
        var present = api.get(path);
        if (present.code() == 404) {
            present = api.post(definition.path(), sample.object());
        }
        require(present);
        tried.withObject("/metadata").set("resourceVersion", present.body().at("/metadata/resourceVersion"));
        return api.put(path + (inStatus ? "/status" : "") + query, tried);
    }

    /** Merges a patch into an object that is made for it, with its status, and deleted again. */
    public Answer change(Definition definition, ObjectNode before, JsonNode patch) {
        var made = before.deepCopy();
        made.withObject("/metadata").put("name", "change-" + changes.incrementAndGet());
        var path = definition.path() + "/" + made.at("/metadata/name").asText();
        require(api.createWithStatus(definition.path(), made));
        try {
            return api.merge(path + query, patch);
        } finally {
            require(api.delete(path));
        }
    }

    private static Answer require(Answer answer) {
        if (!answer.accepted()) {
            throw new IllegalStateException("what is needed for the trial is refused: " + answer.message());
        }
        return answer;
    }
}
