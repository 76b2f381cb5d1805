/**
 * What users see of their builds on a real cluster, with kubelets, containers and the chart as they have them: how builds run,
 * wait and end. {@code mvn verify -Pcluster} runs these tests, and fails if there is no cluster.
 */
package dev.smartdispatcher.e2e.cluster.job;
