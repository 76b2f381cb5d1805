package dev.smartdispatcher.e2e.api.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.cel.CelTests;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.definitions.Sample;
import dev.smartdispatcher.e2e.raw.RawApi;
import dev.smartdispatcher.e2e.raw.Trials;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every CEL rule of the CRDs refuses what breaks it, in its own words, and accepts what just keeps it. */
@ApiTier
class CrdRulesApiIT {
    /** Not in bytes, as it is said: who cuts a text by its characters is on the safe side. */
    @Test
    void lengthsAreCountedInCharacters(KubernetesClient client) {
        var trials = new Trials(new RawApi(client));
        var job = Definition.of("BuildJob");
        var sample = Sample.of(job).object();
        sample.withObject("/status/waiting").put("message", "\u00e9".repeat(1024));
        assertThat(trials.answer(job, sample, true).code()).isEqualTo(200);
        sample.withObject("/status/waiting").put("message", "\u00e9".repeat(1025));
        assertThat(trials.answer(job, sample, true).code()).isEqualTo(422);
    }

    @TestFactory
    Stream<DynamicNode> rules(KubernetesClient client) {
        return new CelTests(new Trials(new RawApi(client))).all();
    }
}
