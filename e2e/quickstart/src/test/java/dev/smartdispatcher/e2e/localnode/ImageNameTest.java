package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian",
                "debian:12",
                "local.test/any:1",
                "localhost:5000/team_a/gcc-13:v1.0_rc",
                "registry.example.org/a/b/c@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            })
    void namesOfImages(String name) {
        assertThat(ImageName.isValid(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "not an image:::", "Debian:12", "a//b", "debian:", "debian@sha256:12", "-a", "https://a/b"})
    void others(String name) {
        assertThat(ImageName.isValid(name)).isFalse();
    }
}
