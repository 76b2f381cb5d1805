package dev.smartdispatcher.agent.kernel;

import java.util.OptionalLong;

/**
 * Space on a file system, for users without privileges.
 *
 * @param capacity bytes, used or not
 * @param free bytes that users may still write
 * @param freeInodes number of files that users may still create; empty where the file system has no such limit, as btrfs
 */
public record Space(long capacity, long free, OptionalLong freeInodes) {}
