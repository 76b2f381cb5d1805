package dev.smartdispatcher.e2e.chaos.kubelet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A machine with its containers, by the UIDs of their pods. Not safe for use by several threads. */
final class Machine {
    private final Map<String, Container> containers = new HashMap<>();
    private boolean silent;
    private boolean off;

    /** Whether its kubelet neither hears nor says anything. */
    boolean isSilent() {
        return silent || off;
    }

    void silent(boolean now) {
        silent = now;
    }

    /** All that runs here dies, and its kubelet knows of it when the machine is on again. */
    void powerOff(Instant now) {
        off = true;
        containers.values().forEach(container -> container.kill(ContainerEnd.LOST, now));
    }

    void powerOn() {
        off = false;
    }

    Map<String, Container> containers() {
        return containers;
    }

    List<Container> all() {
        return new ArrayList<>(containers.values());
    }
}
