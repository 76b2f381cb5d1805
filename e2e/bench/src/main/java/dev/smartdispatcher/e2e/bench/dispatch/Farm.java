package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.operator.dispatch.fleet.Worker;
import dev.smartdispatcher.operator.dispatch.queue.PendingJob;
import java.util.List;

/** The workers and the waiting jobs that a case begins with. */
record Farm(List<Worker> workers, List<PendingJob> jobs) {}
