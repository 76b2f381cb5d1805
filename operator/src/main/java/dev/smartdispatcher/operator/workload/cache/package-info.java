/** What builds of a namespace keep on a worker, and how their pods get it. */
package dev.smartdispatcher.operator.workload.cache;
