package dev.smartdispatcher.operator.profile;

import dev.smartdispatcher.api.profile.BuildProfileStatus;
import dev.smartdispatcher.api.profile.LearnedMemory;
import dev.smartdispatcher.api.profile.LearnedWork;
import dev.smartdispatcher.arch.Quantities;
import io.fabric8.kubernetes.api.model.Quantity;

/** Whether a profile can be counted with: the operator alone writes them, but a backup or an administrator may bring back anything. */
public final class ProfileCheck {
    private ProfileCheck() {}

    /** Whether all that is there is what the schema wants, and amounts that can be. One that is not teaches nothing. */
    public static boolean isSound(BuildProfileStatus status) {
        return isSound(status.memory()) && isSound(status.work()) && (status.disk() == null || isAmount(status.disk()));
    }

    private static boolean isSound(LearnedMemory memory) {
        return memory == null
                || isAmount(memory.base())
                        && isAmount(memory.perProcess())
                        && memory.margin() != null
                        && memory.margin() >= 1
                        && memory.margin() <= 2
                        && memory.runs() != null;
    }

    private static boolean isSound(LearnedWork work) {
        return work == null
                || work.coreSeconds() != null
                        && work.coreSeconds() > 0
                        && isPart(work.serial(), 1)
                        && isPart(work.spread(), 10)
                        && work.runs() != null;
    }

    private static boolean isPart(Double number, double most) {
        return number != null && number >= 0 && number <= most;
    }

    private static boolean isAmount(Quantity quantity) {
        try {
            return quantity != null && Quantities.bytes(quantity) >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
