/**
 * A Kubernetes API inside this process, for tests without a cluster and for the quickstart: Fabric8's mock web server in front
 * of an API that is as strict as a real one where a dispatcher depends on it, with a scheduler and a garbage collector.
 * {@link dev.smartdispatcher.e2e.embedded.EmbeddedCluster} is the way in.
 */
package dev.smartdispatcher.e2e.embedded;
