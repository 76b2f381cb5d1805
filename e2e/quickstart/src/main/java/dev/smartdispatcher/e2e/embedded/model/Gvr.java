package dev.smartdispatcher.e2e.embedded.model;

/**
 * Group, version and resource: how a URL names a kind.
 *
 * @param group empty for the core group
 * @param resource the plural, as {@code pods}
 */
public record Gvr(String group, String version, String resource) {
    /** As in an object's {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As error messages name it: {@code buildjobs.smartdispatcher.dev}, or {@code pods}. */
    public String qualified() {
        return group.isEmpty() ? resource : resource + "." + group;
    }
}
