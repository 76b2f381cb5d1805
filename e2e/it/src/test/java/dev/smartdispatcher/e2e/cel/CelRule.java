package dev.smartdispatcher.e2e.cel;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Resource;
import java.util.List;
import java.util.Locale;

/**
 * A rule with what tries it.
 *
 * @param path where it stands in the schema, as {@code spec.env[].name}
 * @param rule the expression
 * @param message what it says; null: each case has words of its own
 * @param refused at least one
 * @param accepted at least one
 */
public record CelRule(String path, String rule, String message, List<CelCase> refused, List<CelCase> accepted) {
    /** Those of a kind that have cases, {@code api/rules/KIND.yaml}. */
    public static List<CelRule> of(Definition definition) {
        var name = "/api/rules/" + definition.kind().toLowerCase(Locale.ROOT) + ".yaml";
        return Resource.yaml(name, new TypeReference<>() {});
    }

    /** The field that a server names for a case. */
    public String field(CelCase example) {
        return example.at() == null ? path : example.at();
    }

    /** The sentence of a server for a case. */
    public String sentence(CelCase example) {
        return example.says() == null ? message : example.says();
    }

    @Override
    public String toString() {
        return path + ": " + (message == null ? rule : message);
    }
}
