package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.api.profile.LearnedMemory;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What a job gets by the profiles of its package: of the host architectures that may build it the largest, since its envelope is one for
 * all workers.
 *
 * @param envelope what it needs
 * @param known whether the memory is what past builds needed, and not what the job or the policy says
 * @param replaces whether it is that and no more, whatever the job or the policy says
 */
public record LearnedEnvelope(Envelope envelope, boolean known, boolean replaces) {
    /** Fewer runs that succeeded say too little to go below what a job requests: see docs/simulator.md. */
    static final int ENOUGH_TO_REPLACE = 10;
    /** So many say more than a default does. */
    static final int ENOUGH_FOR_DEFAULT = 3;

    private static final long MI = 1L << 20;

    /**
     * The envelope of a job.
     *
     * @param declared by the job, or where it says nothing by the policy
     * @param guessed whether the job says nothing of memory
     * @param ownDisk whether its disk is the worker's, which profiles know of; they know nothing of volumes
     * @param everyHost whether there is a profile for each host architecture that may build it: else memory is only raised
     */
    public static LearnedEnvelope of(
            Envelope declared,
            boolean guessed,
            boolean ownDisk,
            ProfileUse use,
            Collection<BuildProfileStatus> profiles,
            BooleanSupplier everyHost) {
        if (use == ProfileUse.Off || profiles.isEmpty()) {
            return new LearnedEnvelope(declared, false, false);
        }
        var withDisk = ownDisk ? declared.withDisk(Math.max(declared.disk(), disk(profiles))) : declared;
        var memories = profiles.stream()
                .flatMap(profile -> Optional.ofNullable(profile.memory()).stream())
                .toList();
        int runs = memories.stream().mapToInt(LearnedMemory::runs).min().orElse(0);
        boolean enough =
                use == ProfileUse.Replace && runs >= ENOUGH_TO_REPLACE || guessed && runs >= ENOUGH_FOR_DEFAULT;
        boolean replaces = enough && memories.size() == profiles.size() && everyHost.getAsBoolean();
        var learned = chord(declared, memories, !replaces);
        return new LearnedEnvelope(
                withDisk.withMemory(learned.base(), learned.perProcess()),
                replaces || !isSameMemory(learned, declared),
                replaces);
    }

    private static boolean isSameMemory(Envelope one, Envelope other) {
        return one.base() == other.base() && one.perProcess() == other.perProcess();
    }

    private static long disk(Collection<BuildProfileStatus> profiles) {
        return profiles.stream()
                .filter(profile -> profile.disk() != null)
                .mapToLong(profile -> {
                    double margin = profile.memory() == null
                            ? MemoryFit.margin(1)
                            : profile.memory().margin();
                    return upToMi(margin * Quantities.bytes(profile.disk()));
                })
                .max()
                .orElse(0);
    }

    /**
     * The line through the largest of all at the smallest and at the largest N. What is largest at each N is convex, so the line is
     * nowhere below any of them in between.
     *
     * @param raised whether what is declared is one of them
     */
    private static Envelope chord(Envelope declared, List<LearnedMemory> memories, boolean raised) {
        long least = largest(declared, memories, raised, declared.least());
        long most = largest(declared, memories, raised, declared.most());
        if (raised && least == memory(declared, declared.least()) && most == memory(declared, declared.most())) {
            return declared;
        }
        int steps = declared.most() - declared.least();
        if (steps == 0) {
            // One N: how it divides shows only after an attempt that ran out of memory, which scales both.
            return declared.withMemory(least, 0);
        }
        long perProcess = upToMi((double) Math.max(0, most - least) / steps);
        return declared.withMemory(Math.max(0, least - perProcess * declared.least()), perProcess);
    }

    private static long largest(Envelope declared, List<LearnedMemory> memories, boolean raised, int parallelism) {
        long largest = raised ? memory(declared, parallelism) : 0;
        for (var memory : memories) {
            double bytes =
                    Quantities.bytes(memory.base()) + (double) Quantities.bytes(memory.perProcess()) * parallelism;
            largest = Math.max(largest, upToMi(memory.margin() * bytes));
        }
        return largest;
    }

    private static long memory(Envelope envelope, int parallelism) {
        return Math.addExact(envelope.base(), Math.multiplyExact(envelope.perProcess(), parallelism));
    }

    private static long upToMi(double bytes) {
        return (long) Math.ceil(Math.min(bytes, Quantities.MOST) / MI) * MI;
    }
}
