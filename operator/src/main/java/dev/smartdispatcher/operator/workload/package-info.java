/** What an allocation means in the cluster: names and marks of a job's objects, its ConfigMaps and the entry. Pure functions. */
package dev.smartdispatcher.operator.workload;
