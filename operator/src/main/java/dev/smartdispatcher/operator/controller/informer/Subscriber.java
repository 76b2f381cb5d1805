package dev.smartdispatcher.operator.controller.informer;

import java.util.function.Consumer;

/** Learns what a cache shows, whether a watch or a list said so. Called by the informer's thread, so it must not block. */
public interface Subscriber<T> {
    /**
     * The cache of a controller's primary kind is about to show this object, which still has what the cache will leave out: the time of
     * each field manager's last write, for one.
     */
    default void arrives(T object) {}

    /** The cache shows this object now. */
    default void shown(T object) {}

    /** The cache does not show this object any more. */
    void gone(T last);

    /** Does something when an object is gone. */
    static <T> Subscriber<T> onGone(Consumer<T> action) {
        return action::accept;
    }

    /** Does the same in both cases. */
    static <T> Subscriber<T> onChange(Consumer<T> action) {
        return new Subscriber<>() {
            @Override
            public void shown(T object) {
                action.accept(object);
            }

            @Override
            public void gone(T last) {
                action.accept(last);
            }
        };
    }
}
