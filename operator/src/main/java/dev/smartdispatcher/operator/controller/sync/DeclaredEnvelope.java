package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.demand.MemoryEnvelope;
import dev.smartdispatcher.api.policy.JobDefaults;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import dev.smartdispatcher.operator.workload.pod.ScratchVolume;
import java.util.Optional;

/** What a job requests, and where it says nothing what the policy gives to such jobs. */
final class DeclaredEnvelope {
    private DeclaredEnvelope() {}

    /** Throws {@link IllegalArgumentException} where an amount of the policy cannot be counted with. */
    static Envelope of(BuildJobSpec spec, JobDefaults defaults) {
        var range = spec.parallelismOrDefault();
        var memory = memory(spec).orElse(defaults.memory());
        long disk = ScratchVolume.of(spec, defaults).isPresent()
                ? ScratchVolume.BESIDE_BYTES
                : Quantities.bytes(ScratchVolume.size(spec, defaults));
        return new Envelope(
                spec.cpuMillisPerProcess(),
                Quantities.bytes(memory.base() == null ? defaults.memory().base() : memory.base()),
                Quantities.bytes(memory.perProcess() == null ? defaults.memory().perProcess() : memory.perProcess()),
                disk,
                range.least(),
                range.most());
    }

    /** Whether the job says anything of its memory. */
    static boolean saysMemory(BuildJobSpec spec) {
        return memory(spec).isPresent();
    }

    private static Optional<MemoryEnvelope> memory(BuildJobSpec spec) {
        return Optional.ofNullable(spec.resources())
                .flatMap(resources -> Optional.ofNullable(resources.memory()))
                .filter(memory -> memory.base() != null || memory.perProcess() != null);
    }
}
