package dev.smartdispatcher.e2e.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What one watch is told of a {@link StoreEvent}: by its selector, a change may look like a coming or a going. */
public record WatchEvent(StoreEvent.Type type, ObjectNode object) {}
