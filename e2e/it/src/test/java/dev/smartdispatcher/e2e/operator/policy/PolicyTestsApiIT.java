package dev.smartdispatcher.e2e.operator.policy;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import org.junit.jupiter.api.Nested;

/** Tests of the policy that the embedded API passes, on a real API server. */
@ApiTier
class PolicyTestsApiIT {
    @Nested
    class Counted extends CountedTest {
        Counted(Harness farm) {
            super(farm);
        }
    }

    @Nested
    class Tenant extends TenantTest {
        Tenant(Harness farm) {
            super(farm);
        }
    }
}
