package dev.smartdispatcher.operator.dispatch.explain;

import dev.smartdispatcher.operator.dispatch.queue.JobKey;

/** A job that goes on waiting, its place among those of its tenant (from 1), and why. */
public record Wait(JobKey job, int position, Explanation explanation) {}
