package dev.smartdispatcher.e2e.embedded.verbs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The outcome of a write.
 *
 * @param object as it now is, or was when it went
 * @param created whether it was not there before
 * @param warnings for the writer, as of unknown fields that were pruned
 */
public record Written(ObjectNode object, boolean created, List<String> warnings) {}
