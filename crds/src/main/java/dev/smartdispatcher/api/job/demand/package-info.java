/** What a job says of the worker that it needs, and of the room that it takes there. */
package dev.smartdispatcher.api.job.demand;
