/**
 * Tests on a real cluster, that of {@code e2e/cluster up}: kubelets, containers and the chart as users have them, driven by
 * {@code kubectl} as they do. {@code mvn verify -Pcluster} runs them, and fails where there is no cluster.
 */
package dev.smartdispatcher.e2e.cluster;
