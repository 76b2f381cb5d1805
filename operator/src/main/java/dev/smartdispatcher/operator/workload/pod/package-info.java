/** From a job and its allocation to the pod that runs it, and back from a pod to the attempt that it is. Pure functions. */
package dev.smartdispatcher.operator.workload.pod;
