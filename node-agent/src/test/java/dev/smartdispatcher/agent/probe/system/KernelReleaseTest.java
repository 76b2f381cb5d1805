package dev.smartdispatcher.agent.probe.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.worker.facts.KernelFacts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelReleaseTest {
    @ParameterizedTest
    @CsvSource({
        "6.1.0-18-amd64, 6.1.0-18, amd64",
        "6.1.0-21-rt-amd64, 6.1.0-21, rt-amd64",
        "5.15.0-105-generic, 5.15.0-105, generic",
        "6.4.0-150600.23.7-default, 6.4.0-150600.23.7, default",
        "5.10.168-ti-r72, 5.10.168, ti-r72",
        "6.6.31+rpt-rpi-v8, 6.6.31+rpt, rpi-v8",
        "6.18.44-fc-v669, 6.18.44, fc-v669",
        "5.14.0-427.13.1.el9_4.x86_64, 5.14.0-427.13.1.el9_4.x86_64,",
        "6.9.0-rc3, 6.9.0-rc3,",
        "6.9.0-rc3-1-default, 6.9.0-rc3-1, default",
        "5.15.153.1-microsoft-standard-WSL2, 5.15.153.1, microsoft-standard-WSL2",
        "6.6.0, 6.6.0,",
    })
    void isTakenApart(String release, String version, String flavor) {
        assertThat(KernelRelease.parse(release)).isEqualTo(new KernelFacts(version, flavor));
    }
}
