/**
 * The node agent: looks at its machine ({@code probe}, {@code kernel}) and writes what it finds to the node's BuildWorker
 * ({@code publish}). {@link dev.smartdispatcher.agent.NodeAgent} is the whole of it, {@link dev.smartdispatcher.agent.Main}
 * its command line.
 */
package dev.smartdispatcher.agent;
