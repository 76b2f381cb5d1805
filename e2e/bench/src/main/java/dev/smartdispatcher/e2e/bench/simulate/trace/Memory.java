package dev.smartdispatcher.e2e.bench.simulate.trace;

/** Memory as a function of the number of processes, in bytes. */
public record Memory(double base, double perProcess) {
    /** What so many processes need. */
    public long at(int processes) {
        return (long) Math.ceil(base + processes * perProcess);
    }

    /** Everything times a factor. */
    public Memory times(double factor) {
        return new Memory(base * factor, perProcess * factor);
    }

    /** How many processes fit, at most {@code most}; 0 if not even one does. */
    public int processesIn(long bytes, int most) {
        int n = (int) Math.min(most, Math.floor((bytes - base) / perProcess));
        while (n > 0 && at(n) > bytes) {
            n--;
        }
        return Math.max(0, n);
    }
}
