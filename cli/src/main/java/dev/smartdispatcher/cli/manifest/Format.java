package dev.smartdispatcher.cli.manifest;

/** How objects are printed; spelled as users type it. */
public enum Format {
    yaml,
    json
}
