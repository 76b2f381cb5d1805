/** What a node agent publishes of its node: {@code status.agent} of a BuildWorker. */
package dev.smartdispatcher.api.worker.facts;
