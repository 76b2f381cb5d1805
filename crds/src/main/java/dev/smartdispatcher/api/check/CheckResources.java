package dev.smartdispatcher.api.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;

/** What a check's pod gets of its worker. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "[has(self.cpu) ? string(self.cpu) : '1', has(self.memory) ? string(self.memory) : '1',"
                + " has(self.disk) ? string(self.disk) : '1'].all(q, q" + QuantityForm.CEL_POSITIVE + ")",
        message = CheckResources.POSITIVE)
public record CheckResources(
        @JsonPropertyDescription("CPU (cores) requested; idle CPU is shared on top. Default: 10m.")
        Quantity cpu,

        @JsonPropertyDescription("Memory (bytes), request and limit. Default: 64Mi.")
        Quantity memory,

        @JsonPropertyDescription("Disk (bytes) for its working directory, request and limit. Default: 64Mi.")
        Quantity disk) {
    public static final String POSITIVE = "resources.cpu, resources.memory and resources.disk must be positive";
    public static final CheckResources STANDARD = new CheckResources(null, null, null);

    private static final Quantity TEN_MILLIS = new Quantity("10m");
    private static final Quantity SIXTY_FOUR_MI = new Quantity("64Mi");

    /** cpu, or its default. */
    public Quantity cpuOrDefault() {
        return cpu == null ? TEN_MILLIS : cpu;
    }

    /** memory, or its default. */
    public Quantity memoryOrDefault() {
        return memory == null ? SIXTY_FOUR_MI : memory;
    }

    /** disk, or its default. */
    public Quantity diskOrDefault() {
        return disk == null ? SIXTY_FOUR_MI : disk;
    }
}
