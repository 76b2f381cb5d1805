package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.job.BuildJobSpec;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A rule of the BuildJob schema that takes an expression to check: the API server checks it by CEL where it can.
 *
 * @param field path of the field that the rule is about
 * @param message the sentence of the schema
 */
record SpecRule(String field, Function<BuildJobSpec, String> message, Predicate<BuildJobSpec> holds) {
    SpecRule(String field, String message, Predicate<BuildJobSpec> holds) {
        this(field, spec -> message, holds);
    }
}
