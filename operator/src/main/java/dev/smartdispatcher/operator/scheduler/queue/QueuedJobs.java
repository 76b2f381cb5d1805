package dev.smartdispatcher.operator.scheduler.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All queued jobs, by UID and in a list in which the last one takes the place of one that is removed. */
final class QueuedJobs {
    private final Map<String, QueuedJob> byUid = new HashMap<>();
    private final List<QueuedJob> list = new ArrayList<>();

    void add(QueuedJob queued) {
        byUid.put(queued.uid(), queued);
        queued.moveTo(list.size());
        list.add(queued);
    }

    void remove(QueuedJob queued) {
        byUid.remove(queued.uid());
        var last = list.remove(list.size() - 1);
        if (last != queued) {
            list.set(queued.index(), last);
            last.moveTo(queued.index());
        }
    }

    /** Null if there is none. */
    QueuedJob get(String uid) {
        return byUid.get(uid);
    }

    List<QueuedJob> list() {
        return Collections.unmodifiableList(list);
    }
}
