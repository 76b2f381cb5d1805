package dev.smartdispatcher.api.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A toleration of worker pods, as a pod's. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!has(self.operator) || self.operator != 'Exists' || !has(self.value) || self.value == ''",
        message = TaintToleration.EXISTS,
        fieldPath = ".value")
@ValidationRule(
        value = "(has(self.key) && self.key != '') || (has(self.operator) && self.operator == 'Exists')",
        message = TaintToleration.EVERY_TAINT,
        fieldPath = ".operator")
public record TaintToleration(
        @Size(max = 317) @JsonPropertyDescription("Key of the taint; empty with Exists: every taint.")
        String key,

        @JsonPropertyDescription("Equal or Exists. Default: Equal.")
        Operator operator,

        @Size(max = 63) @JsonPropertyDescription("Value of the taint, for Equal.")
        String value,

        @JsonPropertyDescription("NoSchedule, PreferNoSchedule or NoExecute. Default: every effect.")
        Effect effect) {
    public static final String EVERY_TAINT = "operator must be Exists when key is empty";
    public static final String EXISTS = "value must be empty when operator is Exists";

    /** How key and value are compared. */
    public enum Operator {
        Equal,
        Exists
    }

    /** What a taint does to pods that do not tolerate it. */
    public enum Effect {
        NoSchedule,
        PreferNoSchedule,
        NoExecute
    }

    /** Whether a taint of this key, value and effect is tolerated. */
    public boolean tolerates(String taintKey, String taintValue, String taintEffect) {
        if (effect != null && !effect.name().equals(taintEffect)) {
            return false;
        }
        if (operator == Operator.Exists) {
            return key == null || key.isEmpty() || key.equals(taintKey);
        }
        return java.util.Objects.equals(key, taintKey)
                && (value == null ? "" : value).equals(taintValue == null ? "" : taintValue);
    }
}
