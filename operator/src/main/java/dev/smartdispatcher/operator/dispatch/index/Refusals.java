package dev.smartdispatcher.operator.dispatch.index;

/**
 * Amounts that some workers have refused: whoever needs as much is refused as well, and is not tried. What was refused for want
 * of room is so for everybody. What was refused because room is kept is so for those that are as plain as the one that was
 * tried: of unknown length, so that they are in the way of a reservation whenever they start, and without a back-off.
 */
final class Refusals {
    private final Frontier everybody = new Frontier();
    private final Frontier plain = new Frontier();

    /**
     * All of the workers have refused an entry.
     *
     * @param forRoom whether none had the room
     */
    void add(Entry entry, boolean forRoom) {
        if (forRoom) {
            everybody.add(entry.cpuMillis, entry.memory, entry.disk);
        } else if (entry.isPlain() && !entry.isKept()) {
            plain.add(entry.cpuMillis, entry.memory, entry.disk);
        }
    }

    /** Whether nobody has room for so much. */
    boolean cover(long cpu, long memory, long disk) {
        return everybody.covers(cpu, memory, disk);
    }

    /** Whether so much is refused to those that are plain. */
    boolean coverPlain(long cpu, long memory, long disk) {
        return plain.covers(cpu, memory, disk);
    }

    /** One of the workers has so much room now. */
    void grown(long cpu, long memory, long disk) {
        everybody.grown(cpu, memory, disk);
        plain.grown(cpu, memory, disk);
    }

    void clear() {
        everybody.clear();
        plain.clear();
    }
}
