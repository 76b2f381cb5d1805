package dev.smartdispatcher.operator.dispatch.bound;

/**
 * Amounts that some workers have refused: whoever needs as much is refused as well, and is not tried. What was refused for want
 * of room is so for everybody. What was refused because room is kept is so for those that are as plain as the one that was
 * tried: of unknown length, so that they are in the way of a reservation whenever they start, and without a back-off.
 */
public final class Refusals {
    private final Frontier everybody = new Frontier();
    private final Frontier plain = new Frontier();

    /** All of the workers have refused somebody who needs so much for want of room. */
    public void add(long cpu, long memory, long disk) {
        everybody.add(cpu, memory, disk);
    }

    /** All of the workers have refused somebody plain who needs so much. */
    public void addPlain(long cpu, long memory, long disk) {
        plain.add(cpu, memory, disk);
    }

    /** Whether nobody has room for so much. */
    public boolean cover(long cpu, long memory, long disk) {
        return everybody.covers(cpu, memory, disk);
    }

    /** Whether so much is refused to those that are plain. */
    public boolean coverPlain(long cpu, long memory, long disk) {
        return plain.covers(cpu, memory, disk);
    }

    /** One of the workers has so much room now. */
    public void grown(long cpu, long memory, long disk) {
        everybody.grown(cpu, memory, disk);
        plain.grown(cpu, memory, disk);
    }

    /** Nothing is known of them any more. */
    public void clear() {
        everybody.clear();
        plain.clear();
    }
}
