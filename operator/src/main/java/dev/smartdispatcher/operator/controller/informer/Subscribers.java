package dev.smartdispatcher.operator.controller.informer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The subscribers of one cache. They are called in the order in which they subscribed, which they do before the operator starts. */
public final class Subscribers<T> {
    private final List<Subscriber<? super T>> all = new CopyOnWriteArrayList<>();

    /** Adds a subscriber. */
    public void add(Subscriber<? super T> subscriber) {
        all.add(subscriber);
    }

    void arrives(T object) {
        all.forEach(subscriber -> subscriber.arrives(object));
    }

    void shown(T object) {
        all.forEach(subscriber -> subscriber.shown(object));
    }

    void gone(T last) {
        all.forEach(subscriber -> subscriber.gone(last));
    }
}
