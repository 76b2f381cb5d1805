package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A BuildJob. */
public record Job(JsonNode json) {
    public String uid() {
        return json.path("metadata").path("uid").asText();
    }

    public String name() {
        return json.path("metadata").path("name").asText();
    }

    /** {@code NAMESPACE/NAME}. */
    public String key() {
        return json.path("metadata").path("namespace").asText() + "/" + name();
    }

    public boolean isDeleted() {
        return json.path("metadata").has("deletionTimestamp");
    }

    public JsonNode spec() {
        return json.path("spec");
    }

    /** Whether its user wants it to wait. */
    public boolean isSuspended() {
        return spec().path("suspend").asBoolean();
    }

    /** Whether its user wants it to end. */
    public boolean isCancelled() {
        return spec().path("cancelled").asBoolean();
    }

    public JsonNode status() {
        return json.path("status");
    }

    public List<Attempt> attempts() {
        var attempts = new ArrayList<Attempt>();
        status().path("attempts").forEach(attempt -> attempts.add(new Attempt(attempt)));
        return attempts;
    }

    public Optional<Attempt> attempt(int number) {
        return attempts().stream().filter(attempt -> attempt.number() == number).findFirst();
    }

    public Optional<Attempt> last() {
        var attempts = attempts();
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** The attempt that may run, by the record. */
    public Optional<Attempt> live() {
        return isFinished() ? Optional.empty() : last().filter(Attempt::isLive);
    }

    public boolean isComplete() {
        return holds("Complete");
    }

    public boolean isFailed() {
        return holds("Failed");
    }

    public boolean isFinished() {
        return isComplete() || isFailed();
    }

    /** Whether it waits for an attempt. */
    public boolean isPending() {
        return !isFinished() && live().isEmpty() && !isDeleted();
    }

    /** Of its allocation; nothing if it has none. */
    public Room allocated() {
        return Room.ofJob(status().path("allocation"), "disk");
    }

    /** What it needs at least: at its smallest number of make jobs. */
    public Room least() {
        var resources = spec().path("resources");
        var least = BigDecimal.valueOf(spec().path("parallelism").path("min").asLong(1));
        var memory = resources.path("memory");
        return new Room(
                Amount.of(resources.path("cpuPerProcess"), BigDecimal.ONE).multiply(least),
                Amount.of(memory.path("base"), BigDecimal.ZERO)
                        .add(Amount.of(memory.path("perProcess"), BigDecimal.ZERO)
                                .multiply(least)),
                Amount.of(resources.path("disk").path("size"), BigDecimal.ZERO),
                BigDecimal.ONE);
    }

    /** Why it waits, as one word; empty if it does not. */
    public String waits() {
        return status().path("waiting").path("reason").asText();
    }

    /** The reason of a condition that is True; empty if it is not. */
    public String reason(String type) {
        for (var condition : status().path("conditions")) {
            if (type.equals(condition.path("type").asText())
                    && "True".equals(condition.path("status").asText())) {
                return condition.path("reason").asText();
            }
        }
        return "";
    }

    private boolean holds(String type) {
        return !reason(type).isEmpty();
    }
}
