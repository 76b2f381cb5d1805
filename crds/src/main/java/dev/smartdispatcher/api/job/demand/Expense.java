package dev.smartdispatcher.api.job.demand;

/** The packager's mark of how much a build costs: heavy ones prefer strong workers, light ones the smallest sufficient. */
public enum Expense {
    Light,
    Normal,
    Heavy
}
