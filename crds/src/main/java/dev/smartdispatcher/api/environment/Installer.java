package dev.smartdispatcher.api.environment;

/** Who installs the package lists before the build's command runs. */
public enum Installer {
    /** Nobody: the lists are files that the command may read. */
    None,
    /** dpkg. */
    Deb,
    /** rpm. */
    Rpm,
    /** The Open Build Service's build script, which installs and builds in one run. */
    ObsBuild
}
