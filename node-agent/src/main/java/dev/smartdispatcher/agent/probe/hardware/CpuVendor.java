package dev.smartdispatcher.agent.probe.hardware;

import java.util.Optional;
import java.util.Properties;
import oshi.util.FileUtil;

/** A processor's vendor. ARM kernels report it as a number, which OSHI has a table for. */
final class CpuVendor {
    private static final Properties OSHI = FileUtil.readPropertiesFromFilename("oshi.architecture.properties");

    private CpuVendor() {}

    static Optional<String> of(CpuInfo info) {
        return info.first("vendor_id").or(() -> info.first("CPU implementer")
                .map(number -> OSHI.getProperty("hw_impl." + number, "implementer " + number)));
    }
}
