package dev.smartdispatcher.api.environment;

/** Where an installer installs. */
public enum BuildRoot {
    /** Into the container's own root: the image is a system to which packages are added. */
    Image,
    /** Into an empty directory on the build's scratch disk, which becomes the root of the command. */
    Directory
}
