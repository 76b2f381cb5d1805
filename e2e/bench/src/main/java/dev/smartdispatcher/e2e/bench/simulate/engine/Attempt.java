package dev.smartdispatcher.e2e.bench.simulate.engine;

/**
 * A start and what came of it.
 *
 * @param begin seconds
 * @param end seconds
 * @param killed whether it needed more memory than was kept for it
 */
public record Attempt(Start start, double begin, double end, boolean killed) {
    public double seconds() {
        return end - begin;
    }
}
