package dev.smartdispatcher.e2e.embedded.model;

/**
 * What tells one object from all others at one time.
 *
 * @param namespace empty for cluster-scoped kinds
 */
public record ObjectKey(Gvr gvr, String namespace, String name) {}
