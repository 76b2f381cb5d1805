package dev.smartdispatcher.e2e.hollow;

import io.fabric8.kubernetes.api.model.Pod;

/** Told of all pods as {@link HollowNodes} sees them, in the order of their changes. What it does delays them. */
public interface PodListener {
    PodListener NONE = new PodListener() {
        @Override
        public void created(Pod pod) {}

        @Override
        public void finished(Pod pod) {}
    };

    /** A pod is there. */
    void created(Pod pod);

    /** A pod has ended; told again whenever it changes after that. */
    void finished(Pod pod);
}
