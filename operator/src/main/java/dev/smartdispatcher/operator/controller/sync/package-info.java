/** What the cluster's objects mean to the dispatch core, told to it as they change: jobs, workers, claims, tenants. */
package dev.smartdispatcher.operator.controller.sync;
