package dev.smartdispatcher.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                .hasMessage("quantity 16Ei exceeds the maximum of 4Pi");
        assertThat(Quantities.bytes(new Quantity("4Pi"))).isEqualTo(Quantities.MOST);
    }

    @ParameterizedTest
    @CsvSource({
        "4Pi, 4503599627370496",
        "4503599627370496, 4503599627370496",
        "0.00390625Ei, 4503599627370496",
        "-4Pi, -4503599627370496",
        "1n, 1",
        "-1n, 0",
        "0.001u, 1",
        "1e-9, 1",
        "4.5e15, 4500000000000000",
        "+.5k, 500",
        "5., 5",
        "0, 0",
        "-0, 0",
        "0e99, 0",
        "0.000E-99, 0",
        "12E-6, 1",
        "1e03, 1000",
        "0000000000000000000000000000001k, 1000"
    })
    void whatIsWithinTheBoundsIsRead(String text, long bytes) {
        assertThat(Quantities.bytes(new Quantity(text))).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4503599627370497",
                "4.1Pi",
                "0.0040Ei",
                "-4503599627370497",
                "5e15",
                "0.9n",
                "1e-10",
                "-1e-10",
                "9e99",
                "1e-99",
                "9e99999999999",
                "1e-4000000",
                "1e999999999",
                "1e-999999999",
                "9Ei",
                "00000000000000000000000000000001k",
                "1 ",
                " 1",
                "",
                "e5",
                "1e",
                "1K",
                "0x10",
                "1e+-5",
                "\u0661",
                "1e5\n",
                "1i",
                "--1",
                "1..5",
                "Infinity",
                "NaN"
            })
    @Timeout(1)
    void whatIsBeyondThemIsRefusedAtOnce(String text) {
        assertThatThrownBy(() -> Quantities.check(text)).isInstanceOf(IllegalArgumentException.class);
        var quantity = new Quantity();
        quantity.setAmount(text);
        assertThatThrownBy(() -> Quantities.bytes(quantity)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Quantities.millis(quantity)).isInstanceOf(IllegalArgumentException.class);
    }
}
