package dev.smartdispatcher.operator.dispatch.index;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Entries in order, in blocks: insertion, removal and rank cost about the square root of their number. */
public final class Blocks {
    private final List<Block> blocks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    int count() {
        return blocks.size();
    }

    Block block(int index) {
        return blocks.get(index);
    }

    /** The first entry; null if there is none. */
    public Entry first() {
        return blocks.isEmpty() ? null : blocks.get(0).entries[0];
    }

    /** The entry at a place in the order, from 0; there has to be one. */
    Entry get(int index) {
        int at = 0;
        int left = index;
        while (left >= blocks.get(at).size) {
            left -= blocks.get(at++).size;
        }
        return blocks.get(at).entries[left];
    }

    void add(Entry entry) {
        int at = blocks.isEmpty() ? 0 : Math.min(find(entry), blocks.size() - 1);
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        var block = blocks.get(at);
        block.insert(block.position(entry), entry);
        size++;
        if (block.size == Block.MOST) {
            blocks.add(at + 1, block.split());
        }
    }

    void remove(Entry entry) {
        int at = find(entry);
        var block = blocks.get(at);
        block.remove(block.position(entry));
        size--;
        if (block.size == 0) {
            blocks.remove(at);
        }
    }

    /** How many entries come before this one. */
    int before(Entry entry) {
        if (size == 0 || !first().before(entry)) {
            return 0;
        }
        int at = find(entry);
        int before = 0;
        for (int i = 0; i < at; i++) {
            before += blocks.get(i).size;
        }
        return at < blocks.size() ? before + blocks.get(at).position(entry) : before;
    }

    void forEach(Consumer<Entry> action) {
        for (var block : blocks) {
            for (int i = 0; i < block.size; i++) {
                action.accept(block.entries[i]);
            }
        }
    }

    /** The first block that does not end before the entry. */
    private int find(Entry entry) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (blocks.get(middle).last().before(entry)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
