package dev.smartdispatcher.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "1Ki, 1024", "1456Mi, 1526726656", "1G, 1000000000", "0.5, 1", "1500m, 2"})
    void bytesAreRoundedUp(String text, long bytes) {
        assertThat(Quantities.bytes(new Quantity(text))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "1500m, 1500", "0.1, 100", "100u, 1"})
    void millicoresAreRoundedUp(String text, long millis) {
        assertThat(Quantities.millis(new Quantity(text))).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1024, 1Ki, 1Ki",
        "1526726656, 1456Mi, 1.4Gi",
        "966904512512, 922112Mi, 900.5Gi",
        "1025, 1025, 1Ki"
    })
    void exactForQuantitiesAndShortForPeople(long bytes, String exact, String read) {
        assertThat(Quantities.formatBytes(bytes)).isEqualTo(exact);
        assertThat(Quantities.readBytes(bytes)).isEqualTo(read);
    }

    @Test
    void whatIsNoQuantityIsRefused() {
        assertThatThrownBy(() -> Quantities.bytes(new Quantity("10Ei0"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantities.bytes(new Quantity("16Ei")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantity 16Ei is beyond all measure");
        assertThat(Quantities.bytes(new Quantity("4Pi"))).isEqualTo(Quantities.MOST);
    }
}
