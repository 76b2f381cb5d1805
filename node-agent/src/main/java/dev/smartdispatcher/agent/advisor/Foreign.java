package dev.smartdispatcher.agent.advisor;

import java.util.Locale;

/** How most jobs of a farm come to the architecture that they build for. */
public enum Foreign {
    /** On hosts of it. */
    None,
    /** By cross compilers. */
    Cross,
    /** By an emulator of every process. */
    Emulated;

    /** As people say it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
