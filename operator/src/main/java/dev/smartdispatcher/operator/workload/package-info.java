/** From a job and its allocation to the objects that run it: the pod, the ConfigMaps, the entry. Pure functions. */
package dev.smartdispatcher.operator.workload;
