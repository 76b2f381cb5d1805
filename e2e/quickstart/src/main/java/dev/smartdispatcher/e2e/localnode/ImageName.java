package dev.smartdispatcher.e2e.localnode;

import java.util.regex.Pattern;

/** The grammar of image references, as github.com/distribution/reference has it: of an image nothing else matters here. */
final class ImageName {
    private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + ")*(?::[0-9]+)?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern REFERENCE = Pattern.compile("(?:" + HOST + "/)?" + PART + "(?:/" + PART + ")*"
            + "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(?:@[a-z0-9]+:[0-9a-f]{32,})?");

    private ImageName() {}

    static boolean isValid(String image) {
        return image != null && REFERENCE.matcher(image).matches();
    }

    /** What a kubelet says of one that is not. */
    static String refusal(String image) {
        return "Failed to apply default image tag \"" + image + "\": couldn't parse image name \"" + image
                + "\": invalid reference format";
    }
}
