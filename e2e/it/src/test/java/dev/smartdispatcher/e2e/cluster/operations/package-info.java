/**
 * What administrators do and suffer on a real cluster: draining, lost nodes, restarts, installing the release again.
 * {@code mvn verify -Pcluster} runs these tests, and fails if there is no cluster.
 */
package dev.smartdispatcher.e2e.cluster.operations;
