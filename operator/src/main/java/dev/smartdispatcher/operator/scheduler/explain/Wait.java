package dev.smartdispatcher.operator.scheduler.explain;

import dev.smartdispatcher.operator.scheduler.job.JobKey;

/** A job that goes on waiting, its place among those of its tenant (from 1), and why. */
public record Wait(JobKey job, int position, Explanation explanation) {}
