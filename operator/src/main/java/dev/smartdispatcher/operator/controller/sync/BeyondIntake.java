package dev.smartdispatcher.operator.controller.sync;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.status.Waiting;
import dev.smartdispatcher.operator.scheduler.intake.Intake;

/** The reason of jobs that the scheduler does not know yet. It names nothing that changes, so it is written once. */
final class BeyondIntake {
    static final Waiting WAITING = Waiting.of(
            Reason.TooManyRequirements,
            "the waiting jobs of the namespace have more than " + Intake.MOST
                    + " different sets of requirements (targetArch, environment, requires, size of the disk): this one"
                    + " is dispatched when others of them have started, or when a worker could take it at once");

    private BeyondIntake() {}
}
