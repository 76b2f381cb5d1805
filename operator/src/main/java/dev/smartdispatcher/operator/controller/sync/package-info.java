/** Keeps the scheduler up to date with the cluster's objects: jobs, workers, claims, tenants. */
package dev.smartdispatcher.operator.controller.sync;
