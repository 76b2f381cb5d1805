package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableExpansionTest {
    private static final Map<String, String> VARIABLES = Map.of("A", "1", "B", "$(A)", "", "empty");

    /** As the tests of Kubernetes' own expansion have it. */
    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "$(A), 1",
        "x$(A)y$(A), x1y1",
        "$(B), $(A)",
        "$(NONE), $(NONE)",
        "$$, $",
        "$$(A), $(A)",
        "$$$(A), $1",
        "$$$$(A), $$(A)",
        "$A, $A",
        "$A$$, $A$",
        "$(A, $(A",
        "$($(A), $($(A)",
        "a$, a$",
        "$(), empty",
        "'$(\nA)$$', '$(\nA)$'"
    })
    void referencesAreReplacedAndDollarsMayBeDoubled(String text, String expanded) {
        assertThat(VariableExpansion.expand(text, VARIABLES)).isEqualTo(expanded);
    }
}
