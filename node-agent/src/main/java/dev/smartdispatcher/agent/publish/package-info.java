/**
 * Brings the facts to the API server: when something changed that matters, and at least once a minute. The cluster is
 * behind {@link dev.smartdispatcher.agent.publish.WorkerApi}; only its implementation knows a Kubernetes client.
 */
package dev.smartdispatcher.agent.publish;
