package dev.smartdispatcher.operator.scheduler.intake;

/**
 * How many equivalence classes of a tenant the dispatcher knows, and how much it costs to look at the others.
 *
 * @param standing classes that stay until their last job has started
 * @param passing classes beside these that may start at once
 * @param work workers that are looked at for all held classes together after a scheduling cycle, about
 */
record IntakeLimits(int standing, int passing, int work) {
    /**
     * A tenant that builds for seven architectures, with disks of five magnitudes and with demands on CPU flags, kernel or pool
     * has some 170 classes. 256 cost 15 MiB on 450 workers. 5,000 looks take a millisecond or two.
     */
    static final IntakeLimits STANDARD = new IntakeLimits(256, 32, 5_000);
}
