package dev.smartdispatcher.operator.dispatch.index;

import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.util.Collection;
import java.util.Iterator;
import java.util.PriorityQueue;

/** The jobs of several lanes that some worker could host, in order. */
final class Line implements Iterator<PendingJob> {
    private final PriorityQueue<Place> heads =
            new PriorityQueue<>((one, other) -> Entry.ORDER.compare(one.entry(), other.entry()));

    /** A lane from some entry on. */
    private record Place(Lane lane, int index) {
        private Entry entry() {
            return lane.ready.get(index);
        }
    }

    Line(Collection<Lane> lanes) {
        lanes.forEach(lane -> add(new Place(lane, 0)));
    }

    private void add(Place place) {
        if (place.index < place.lane.ready.size()) {
            heads.add(place);
        }
    }

    @Override
    public boolean hasNext() {
        return !heads.isEmpty();
    }

    @Override
    public PendingJob next() {
        var place = heads.remove();
        add(new Place(place.lane, place.index + 1));
        return place.entry().job;
    }
}
