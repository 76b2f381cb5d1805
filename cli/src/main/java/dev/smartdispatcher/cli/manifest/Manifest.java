package dev.smartdispatcher.cli.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An API object to print, as a user would write it: without status and defaults.
 *
 * @param object the object
 * @param origin what it was made from, in a phrase
 * @param remarks what it does not say
 */
public record Manifest(ObjectNode object, String origin, List<Remark> remarks) {}
