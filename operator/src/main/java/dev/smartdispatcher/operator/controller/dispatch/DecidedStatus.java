package dev.smartdispatcher.operator.controller.dispatch;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.operator.scheduler.placement.Decision;

/**
 * A decision as it is to be written.
 *
 * @param job as it was when it was decided on: the status can be written on top of this version alone
 */
record DecidedStatus(BuildJob job, Decision decision, BuildJobStatus status) {}
