package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.scheduler.placement.Placement;

/**
 * A placement as it is to be written.
 *
 * @param job as it was when it was placed: the decision can be written on top of this version alone
 */
record Decision(BuildJob job, Placement placement, BuildJobStatus status) {}
