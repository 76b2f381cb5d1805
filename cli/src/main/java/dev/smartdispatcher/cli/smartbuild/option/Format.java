package dev.smartdispatcher.cli.smartbuild.option;

/** How lists are printed; spelled as users type it. */
public enum Format {
    table,
    wide,
    name,
    json,
    yaml
}
