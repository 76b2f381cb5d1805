package dev.smartdispatcher.operator.controller.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.UnaryOperator;

/**
 * A store whose subscribers are called before it leaves out parts of an object, and as soon as it shows or forgets one. For the primary kind of a controller: of its cache the
 * framework reports no deletion, and forgets what it hears meanwhile of another object of the same name. An index of the cache may not
 * show the change yet.
 */
final class SubscribedStore<T extends HasMetadata> extends LeanStore<T> {
    private final Subscribers<T> subscribers;

    SubscribedStore(UnaryOperator<T> lean, Subscribers<T> subscribers) {
        super(lean);
        this.subscribers = subscribers;
    }

    @Override
    public T put(String key, T object) {
        subscribers.arrives(object);
        var before = super.put(key, object);
        subscribers.shown(object);
        return before;
    }

    @Override
    public T remove(String key) {
        var gone = super.remove(key);
        if (gone != null) {
            subscribers.gone(gone);
        }
        return gone;
    }
}
