package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import java.util.List;

/** The workers and the waiting jobs that a case begins with. */
record Farm(List<Worker> workers, List<PendingJob> jobs) {}
