package dev.smartdispatcher.operator.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProfileKeyTest {
    private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

    @Test
    void theNameTellsPackageHostAndTarget() {
        assertThat(Runs.ZLIB.name()).matches("zlib-x86-64-armv7l-[0-9a-f]{8}");
    }

    @Test
    void everyNameIsADnsLabel() {
        var random = new Random(4);
        for (int i = 0; i < 2000; i++) {
            var name = random.ints(1 + random.nextInt(253), 32, 0x2fff)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(key(name).name()).as("package %s", name).matches(DNS_LABEL);
        }
        assertThat(Stream.of("...", "-", "A".repeat(253), "gtk+3.0", "a".repeat(31) + ".b", "..a"))
                .allSatisfy(name -> assertThat(key(name).name()).matches(DNS_LABEL));
    }

    @Test
    void packagesWhoseLabelsAreTheSameHaveProfilesOfTheirOwn() {
        assertThat(Stream.of("a_b", "a-b", "A-B", "a.b", "a".repeat(100), "a".repeat(101))
                        .map(name -> key(name).name()))
                .doesNotHaveDuplicates();
    }

    private static ProfileKey key(String packageName) {
        return new ProfileKey("team-a", packageName, "x86_64", "ppc64le");
    }
}
