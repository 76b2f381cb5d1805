package dev.smartdispatcher.e2e.api.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** The election rests on this: of those who saw the same lease, only one can write it. */
@ApiTier
class LeaseApiIT {
    @Test
    void ofTwoWhoFindTheLeaseExpiredOneGetsIt(KubernetesClient client) {
        lock("old").create(client, record("old"));
        var one = lock("one");
        var other = lock("other");
        one.get(client);
        other.get(client);
        one.update(client, record("one"));
        assertThatThrownBy(() -> other.update(client, record("other")))
                .isInstanceOfSatisfying(KubernetesClientException.class, LeaseApiIT::isConflict);
    }

    @Test
    void ofTwoWhoFindNoLeaseOneGetsIt(KubernetesClient client) {
        var one = new LeaseLock("default", "new-lease", "one");
        var other = new LeaseLock("default", "new-lease", "other");
        one.create(client, record("one"));
        assertThatThrownBy(() -> other.create(client, record("other")))
                .isInstanceOfSatisfying(KubernetesClientException.class, LeaseApiIT::isConflict);
    }

    private static void isConflict(KubernetesClientException e) {
        assertThat(e.getCode()).isEqualTo(HttpURLConnection.HTTP_CONFLICT);
    }

    private static LeaseLock lock(String identity) {
        return new LeaseLock("default", "race", identity);
    }

    private static LeaderElectionRecord record(String identity) {
        var now = ZonedDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
        return new LeaderElectionRecord(identity, Duration.ofSeconds(15), now, now, 0);
    }
}
