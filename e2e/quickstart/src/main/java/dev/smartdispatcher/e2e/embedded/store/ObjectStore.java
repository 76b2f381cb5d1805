package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ObjectKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The objects of the embedded API by key.
 *
 * <p>Thread-safe: every method is atomic, and {@link #atomically} makes several of them one. Objects handed out are shared:
 * copy before changing. Versions grow by one for each write, over all kinds. Listeners are called in that order, under the
 * lock, before the write returns: they must be quick and must not write.
 */
public final class ObjectStore {
    private static final int REMEMBERED_EVENTS = 4096;
    private static final Comparator<ObjectKey> BY_NAME =
            Comparator.comparing(ObjectKey::namespace).thenComparing(ObjectKey::name);

    private final Map<Gvr, TreeMap<ObjectKey, ObjectNode>> objects = new HashMap<>();
    private final List<Consumer<StoreEvent>> listeners = new CopyOnWriteArrayList<>();
    private final History history;
    private long version;

    public ObjectStore() {
        this(REMEMBERED_EVENTS);
    }

    /** @param remembered how many events a watch may continue from */
    public ObjectStore(int remembered) {
        history = new History(remembered);
    }

    /** Runs {@code steps} with no other write between them. */
    public synchronized <T> T atomically(Supplier<T> steps) {
        return steps.get();
    }

    public synchronized Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(of(key.gvr()).get(key));
    }

    /** The objects that {@code filter} lets through, by namespace and name. */
    public synchronized List<ObjectNode> list(ObjectFilter filter) {
        return of(filter.gvr()).entrySet().stream()
                .filter(entry -> filter.covers(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(filter.selector())
                .toList();
    }

    /** All objects of all kinds. */
    public synchronized Map<ObjectKey, ObjectNode> everything() {
        var all = new HashMap<ObjectKey, ObjectNode>();
        objects.values().forEach(all::putAll);
        return all;
    }

    /** The version of the latest write. */
    public synchronized long version() {
        return version;
    }

    /** Stores {@code object}, which the store then owns, under a new version. Answers it with that version. */
    public synchronized ObjectNode put(ObjectKey key, ObjectNode object) {
        stamp(object);
        var before = Optional.ofNullable(of(key.gvr()).put(key, object));
        publish(new StoreEvent(
                before.isPresent() ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED, key, version, before, object));
        return object;
    }

    /** Removes the object, if it is there. */
    public synchronized void remove(ObjectKey key) {
        var last = of(key.gvr()).remove(key);
        if (last != null) {
            var gone = last.deepCopy();
            stamp(gone);
            publish(new StoreEvent(StoreEvent.Type.DELETED, key, version, Optional.of(last), gone));
        }
    }

    /** Tells {@code listener} of every write from now on. */
    public void subscribe(Consumer<StoreEvent> listener) {
        listeners.add(listener);
    }

    /**
     * Begins a watch: {@code sink} is told, in order and without a gap, what there is (without {@code since}) or what was
     * written after {@code since}, and then every further write, under the lock. Answers what ends it.
     *
     * @throws ApiException 410 if the events after {@code since} are no longer remembered
     */
    public synchronized Runnable watch(ObjectFilter filter, OptionalLong since, Consumer<WatchEvent> sink) {
        missed(filter, since).forEach(sink);
        Consumer<StoreEvent> listener = event -> filter.view(event).ifPresent(sink);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Stream<WatchEvent> missed(ObjectFilter filter, OptionalLong since) {
        if (since.isEmpty()) {
            return list(filter).stream().map(object -> new WatchEvent(StoreEvent.Type.ADDED, object));
        }
        return history.since(since.getAsLong())
                .orElseThrow(() -> new ApiException(
                        410, "Expired", "too old resource version: " + since.getAsLong() + " (" + version + ")"))
                .flatMap(event -> filter.view(event).stream());
    }

    private void stamp(ObjectNode object) {
        version++;
        Meta.of(object).mutable().put("resourceVersion", Long.toString(version));
    }

    private void publish(StoreEvent event) {
        history.add(event);
        listeners.forEach(listener -> listener.accept(event));
    }

    private TreeMap<ObjectKey, ObjectNode> of(Gvr gvr) {
        return objects.computeIfAbsent(gvr, unused -> new TreeMap<>(BY_NAME));
    }
}
