package dev.smartdispatcher.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.policy.TenantRule;
import dev.smartdispatcher.operator.scheduler.fairshare.Share;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TenantSharesTest {
    private final TenantShares shares = new TenantShares(List.of(
            new TenantRule(new LabelSelector(Map.of("team", "a"), null), 2, 100, null),
            new TenantRule(new LabelSelector(Map.of("class", "guest"), null), null, null, null)));

    @Test
    void theFirstRuleThatSelectsCounts() {
        assertThat(shares.of(Map.of("team", "a", "class", "guest"))).isEqualTo(new Share(2, 100));
        assertThat(shares.of(Map.of("class", "guest"))).isEqualTo(Share.ORDINARY);
        assertThat(shares.of(Map.of())).isEqualTo(Share.ORDINARY);
    }
}
