package dev.smartdispatcher.e2e.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An object as etcd stored it.
 *
 * @param revision of etcd: one counter for all kinds, so it orders writes of different objects
 * @param kind plural, as in etcd's keys: {@code pods}, {@code buildjobs}
 * @param name {@code NAMESPACE/NAME}, or {@code NAME} of an object of the cluster
 * @param object as stored, without its {@code managedFields}; null where it was deleted
 */
public record Change(long millis, long revision, String kind, String name, JsonNode object) implements Entry {
    public boolean isDeletion() {
        return object == null;
    }
}
