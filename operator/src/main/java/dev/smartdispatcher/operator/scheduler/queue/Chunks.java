package dev.smartdispatcher.operator.scheduler.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Jobs in order, in chunks: insertion, removal and rank cost about the square root of their number. */
final class Chunks {
    private final List<Chunk> chunks = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    int count() {
        return chunks.size();
    }

    Chunk chunk(int index) {
        return chunks.get(index);
    }

    /** The first job; null if there is none. */
    QueuedJob first() {
        return chunks.isEmpty() ? null : chunks.get(0).entries[0];
    }

    /** The job at a place in the order, from 0; there has to be one. */
    QueuedJob get(int index) {
        int at = 0;
        int left = index;
        while (left >= chunks.get(at).size) {
            left -= chunks.get(at++).size;
        }
        return chunks.get(at).entries[left];
    }

    void add(QueuedJob queued) {
        int at = chunks.isEmpty() ? 0 : Math.min(find(queued), chunks.size() - 1);
        if (chunks.isEmpty()) {
            chunks.add(new Chunk());
        }
        var chunk = chunks.get(at);
        chunk.insert(chunk.position(queued), queued);
        size++;
        if (chunk.size == Chunk.MOST) {
            chunks.add(at + 1, chunk.split());
        }
    }

    void remove(QueuedJob queued) {
        int at = find(queued);
        var chunk = chunks.get(at);
        chunk.remove(chunk.position(queued));
        size--;
        if (chunk.size == 0) {
            chunks.remove(at);
        }
    }

    /** How many jobs come before this one. */
    int before(QueuedJob queued) {
        if (size == 0 || !first().before(queued)) {
            return 0;
        }
        int at = find(queued);
        int before = 0;
        for (int i = 0; i < at; i++) {
            before += chunks.get(i).size;
        }
        return at < chunks.size() ? before + chunks.get(at).position(queued) : before;
    }

    void forEach(Consumer<QueuedJob> action) {
        for (var chunk : chunks) {
            for (int i = 0; i < chunk.size; i++) {
                action.accept(chunk.entries[i]);
            }
        }
    }

    /** The first chunk that does not end before the job. */
    private int find(QueuedJob queued) {
        int low = 0;
        int high = chunks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chunks.get(middle).last().before(queued)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
