package dev.smartdispatcher.e2e.localnode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImageProgramsTest {
    @Test
    void onlySettingsThatAreAboutTheImageGo() {
        assertThat(ImagePrograms.asHere(List.of(
                        "--jobs",
                        "4",
                        "--image",
                        "armv7l",
                        "--personality",
                        "32",
                        "--keep",
                        "--image",
                        "--",
                        "make",
                        "--image",
                        "x")))
                .containsExactly("--jobs", "4", "--keep", "--image", "--", "make", "--image", "x");
    }

    @Test
    void aCommandWithoutSettingsStaysAsItIs() {
        assertThat(ImagePrograms.asHere(List.of("-c", "exit 3"))).containsExactly("-c", "exit 3");
        assertThat(ImagePrograms.asHere(List.of())).isEmpty();
    }
}
