package dev.smartdispatcher.operator.workload.cache;

import java.util.List;

/**
 * What builds of the namespace keep on the worker, as a pod of theirs gets it.
 *
 * @param busy directories of packages that are being built there now
 */
public record PodCache(CacheVolume volume, List<String> busy) {}
