package dev.smartdispatcher.operator.workload.check;

import dev.smartdispatcher.operator.packages.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The name of the pod of a run: the same for the same check, worker and round, so that no run is there twice. */
public final class CheckPodName {
    private static final int DIGEST_PART = 12;

    private CheckPodName() {}

    /**
     * At most 63 characters.
     *
     * @param checkUid of the WorkerCheck
     * @param workerUid of the BuildWorker
     */
    public static String of(String checkUid, String workerUid, long round) {
        var digest = Sha256.digest().digest((checkUid + "/" + workerUid).getBytes(StandardCharsets.UTF_8));
        return "check-" + HexFormat.of().formatHex(digest).substring(0, DIGEST_PART) + "-" + round;
    }
}
