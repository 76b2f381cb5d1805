package dev.smartdispatcher.e2e.bench.simulate.trace;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Random numbers of a seed, one stream for each purpose, so that a change in how one property is drawn changes no other.
 * The generator is LXM (G. Steele, S. Vigna, "LXM: better splittable pseudorandom number generators", 2021).
 */
public final class Streams {
    /** What a stream is for. */
    public enum Purpose {
        SPEED,
        GAP,
        TENANT,
        TARGET,
        WORK,
        SERIAL,
        BASE,
        PER_PROCESS,
        DISK,
        DECLARED,
        FACTOR,
        REPEAT,
        HISTORY,
        KILL,
        NOISE,
        EARLIER,
        AGAIN
    }

    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");
    /** Keeps the seeds of the streams of neighbouring seeds apart. */
    private static final long STRIDE = 1_000_003;

    private final long seed;

    public Streams(long seed) {
        this.seed = seed;
    }

    /** The stream for a purpose, from its start. */
    public RandomGenerator of(Purpose purpose) {
        return FACTORY.create(seed * STRIDE + purpose.ordinal());
    }

    /** A number in [0, 1) that depends on the two indexes alone, in whatever order they are asked for. */
    public double at(Purpose purpose, int index, int second) {
        return FACTORY.create((seed * STRIDE + purpose.ordinal()) * STRIDE * STRIDE + (long) index * 1024 + second)
                .nextDouble();
    }
}
