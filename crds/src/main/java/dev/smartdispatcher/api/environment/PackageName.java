package dev.smartdispatcher.api.environment;

/**
 * An entry of a package list: a name as RPM and Debian know it, with capabilities ({@code perl(strict)}), files, architectures
 * ({@code libc6:armhf}) and groups of dnf ({@code @core}); or an entry that takes out what earlier lists have: {@code !NAME} one name,
 * {@code !*} all. No spaces, and nothing but brackets that a shell interprets: lists end up in scripts and project configurations.
 */
public final class PackageName {
    /** All of an entry. */
    public static final String PATTERN = "^(!\\*|!?(@\\^?[A-Za-z0-9]|[A-Za-z0-9/_])[A-Za-z0-9._+~^:/()@-]*)$";

    /** Longest entry. */
    public static final int LONGEST = 253;

    /** Most entries of a list. */
    public static final int MOST = 10_000;

    private PackageName() {}
}
