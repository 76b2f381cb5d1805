package dev.smartdispatcher.e2e.raw;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import java.util.concurrent.atomic.AtomicInteger;

/** Tries objects in the place of a kind's sample, which is created for it, in dry runs: nothing of what is tried is kept. */
public final class Trials {
    private static final String DRY = "?dryRun=All";

    private final RawApi api;
    private final AtomicInteger changes = new AtomicInteger();

    public Trials(RawApi api) {
        this.api = api;
    }

    /** Updates the sample, by the subresource if {@code inStatus}; an object of another name is created. */
    public Answer answer(Definition definition, ObjectNode object, boolean inStatus) {
        var sample = Sample.of(definition);
        var tried = object.deepCopy();
        if (!tried.at("/metadata/name").equals(sample.object().at("/metadata/name"))) {
            return api.post(definition.path() + DRY, tried);
        }
        var path = definition.path() + "/" + sample.name();
        var present = api.get(path);
        if (present.code() == 404) {
            present = api.post(definition.path(), sample.object());
        }
        require(present);
        return api.replace(path, (inStatus ? "/status" : "") + DRY, tried);
    }

    /** Merges a patch into an object that is made for it, with its status, and deleted again. */
    public Answer change(Definition definition, ObjectNode before, JsonNode patch) {
        var made = before.deepCopy();
        made.withObject("/metadata").put("name", "change-" + changes.incrementAndGet());
        var path = definition.path() + "/" + made.at("/metadata/name").asText();
        require(api.createWithStatus(definition.path(), made));
        try {
            return api.merge(path + DRY, patch);
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
