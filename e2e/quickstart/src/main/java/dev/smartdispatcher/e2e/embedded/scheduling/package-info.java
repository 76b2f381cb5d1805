/**
 * A small kube-scheduler: places pods on the first node, by name, that their affinity, its taints and its free resources
 * allow, and says why where there is none. No scores, no preemption.
 */
package dev.smartdispatcher.e2e.embedded.scheduling;
