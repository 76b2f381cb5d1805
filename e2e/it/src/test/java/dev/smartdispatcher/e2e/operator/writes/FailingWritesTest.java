package dev.smartdispatcher.e2e.operator.writes;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A webhook that is down for one namespace lets the API server answer 500 to all that is written there. */
class FailingWritesTest {
    /** More than the operator has threads of a kind. */
    private static final int BAD = 40;

    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void allocationsThatFailForEverHoldUpNoOtherJob() {
        for (int i = 0; i <= BAD / 8; i++) {
            farm.worker("w" + i, 8, "64Gi");
        }
        var tried = ConcurrentHashMap.<String>newKeySet();
        farm.cluster().faults().failWhile(r -> fails(r, tried), 500);
        farm.withRetryingOperator();
        for (int i = 0; i < BAD; i++) {
            farm.job("bad-" + i, "parallelism: {max: 1}");
        }
        await().until(() -> tried.size() == BAD);
        farm.job("good", "parallelism: {max: 1}");
        farm.kubelet().ended(farm.pod("good", 1), 0);
        farm.until("good", BuildJobStatus::finished);
    }

    /** Room for one: it is free again though it is never known for certain that the first one has not taken it. */
    @Test
    void anAllocationThatIsNeverWrittenGivesItsRoomBack() {
        farm.worker("w", 4);
        var tried = ConcurrentHashMap.<String>newKeySet();
        farm.cluster()
                .faults()
                .failWhile(r -> fails(r, tried), 500, "Internal error occurred: failed calling webhook \"v.example\"");
        farm.withOperator();
        farm.job("bad", "priority: 1000", "parallelism: {min: 4, max: 4}");
        await().until(() -> tried.contains("bad"));
        farm.job("good", "parallelism: {min: 4, max: 4}");
        farm.kubelet().ended(farm.pod("good", 1), 0);
        farm.until("good", BuildJobStatus::finished);
    }

    private static boolean fails(ApiRequest request, Set<String> tried) {
        var fails = request.is(Verb.UPDATE, "buildjobs") && request.name().startsWith("bad");
        if (fails) {
            tried.add(request.name());
        }
        return fails;
    }
}
