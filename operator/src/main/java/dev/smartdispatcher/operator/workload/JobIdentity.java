package dev.smartdispatcher.operator.workload;

/** A BuildJob by namespace, name and UID. */
public record JobIdentity(String namespace, String name, String uid) {}
