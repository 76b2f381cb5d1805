/**
 * The nouns of the embedded API: kinds and their registry, keys of objects, the metadata of a Jackson tree, and the errors
 * that are answered as a {@code Status}.
 */
package dev.smartdispatcher.e2e.embedded.model;
