package dev.smartdispatcher.api;

/** The API group and version of every kind here. */
public final class ApiGroup {
    public static final String GROUP = "smartdispatcher.dev";
    public static final String VERSION = "v1alpha1";

    private ApiGroup() {}
}
