/**
 * HTTP and WebSockets in front of the verbs: paths, queries, answers, discovery, watches, the log of writes and the faults
 * that tests inject. {@link dev.smartdispatcher.e2e.embedded.server.ApiServer} is the one door, for requests from the
 * network and from the controllers in this process alike.
 */
package dev.smartdispatcher.e2e.embedded.server;
