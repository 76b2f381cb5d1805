package dev.smartdispatcher.e2e.localnode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stands in for images of every architecture: the programs of this machine serve as those of any image, on a worker of whatever
 * architecture. So the entry must not compare them with what the build needs.
 */
final class ImagePrograms {
    /** Settings of the entry, each with a value, that are about the image's architecture. */
    private static final Set<String> ARCHITECTURE = Set.of("--image", "--personality");
    /** Ends the settings. */
    private static final String END = "--";

    private ImagePrograms() {}

    /** The arguments of an entry without the settings that hold for an image. */
    static List<String> asHere(List<String> arguments) {
        int end = arguments.indexOf(END);
        var here = new ArrayList<String>();
        int at = 0;
        while (at + 1 < end) {
            if (!ARCHITECTURE.contains(arguments.get(at))) {
                here.addAll(arguments.subList(at, at + 2));
            }
            at += 2;
        }
        here.addAll(arguments.subList(at, arguments.size()));
        return here;
    }
}
