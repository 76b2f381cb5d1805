package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.operator.dispatch.bound.Refusals;
import java.util.Arrays;

/** A run of entries in order, with the least that any of them needs: a search for one that fits skips most runs. */
final class Block {
    /** Large enough that there are few, small enough that insertion and search within are cheap. */
    static final int MOST = 256;

    Entry[] entries = new Entry[16];
    int size;
    /** Lower bounds of what the entries need. */
    long cpuMillis = Long.MAX_VALUE;

    long memory = Long.MAX_VALUE;
    long disk = Long.MAX_VALUE;
    /** See {@link Entry#length}. */
    long length = Long.MAX_VALUE;
    /** The latest turn of any entry that was ever added. */
    long turn = Long.MIN_VALUE;

    void insert(int at, Entry entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, size * 2);
        }
        System.arraycopy(entries, at, entries, at + 1, size - at);
        entries[at] = entry;
        size++;
        bound(entry);
    }

    void remove(int at) {
        var gone = entries[at];
        System.arraycopy(entries, at + 1, entries, at, size - at - 1);
        entries[--size] = null;
        if (gone.cpuMillis == cpuMillis
                || gone.memory == memory
                || gone.disk == disk
                || gone.length == length && length != Refusals.ENDLESS) {
            rebound();
        }
    }

    /** Moves the later half to a new block. */
    Block split() {
        var later = new Block();
        int half = size / 2;
        later.entries = Arrays.copyOfRange(entries, half, half + MOST);
        later.size = size - half;
        Arrays.fill(entries, half, size, null);
        size = half;
        later.rebound();
        later.turn = turn;
        rebound();
        return later;
    }

    Entry last() {
        return entries[size - 1];
    }

    /** Where an entry is or would be inserted. */
    int position(Entry entry) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].before(entry)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void rebound() {
        cpuMillis = Long.MAX_VALUE;
        memory = Long.MAX_VALUE;
        disk = Long.MAX_VALUE;
        length = Long.MAX_VALUE;
        for (int i = 0; i < size; i++) {
            bound(entries[i]);
        }
    }

    private void bound(Entry entry) {
        cpuMillis = Math.min(cpuMillis, entry.cpuMillis);
        memory = Math.min(memory, entry.memory);
        disk = Math.min(disk, entry.disk);
        length = Math.min(length, entry.length);
        turn = Math.max(turn, entry.turn);
    }
}
