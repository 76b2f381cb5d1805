package dev.smartdispatcher.agent.probe.hardware;

import dev.smartdispatcher.agent.probe.HostPaths;
import dev.smartdispatcher.agent.probe.Probe;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the node's system runs on: {@code none}, or a hypervisor by the name that systemd-detect-virt has for it. A domain of Xen
 * runs on Xen, the privileged one (dom0) too. The agent has no instruction to ask the processor by, so it reads what the kernel
 * tells of its answer:
 *
 * <ol>
 *   <li>{@code /sys/hypervisor/type}, or {@code /proc/xen}: Xen
 *   <li>s390x: the control program in {@code /proc/sysinfo}
 *   <li>x86: no flag {@code hypervisor} is no hypervisor; else the clock that the kernel has from it, or the firmware's vendor
 *   <li>a device tree: the node {@code hypervisor}, or the partition's name under PowerVM
 *   <li>others: the firmware's vendor
 * </ol>
 */
public final class HypervisorProbe implements Probe {
    private static final String NONE = "none";
    private static final String OTHER = "other";
    private static final String TREE = "/sys/firmware/devicetree/base";
    private static final String FIRMWARE = "/sys/class/dmi/id/";
    private static final String CLOCKS = "/sys/devices/system/clocksource/clocksource0/available_clocksource";

    /** By the vendor or product that the firmware states. Source: systemd's dmi_vendor_table. */
    private static final Map<Pattern, String> BY_FIRMWARE = Map.of(
            Pattern.compile("KVM|OpenStack|KubeVirt|Amazon EC2|Google Compute Engine"), "kvm",
            Pattern.compile("QEMU|Bochs"), "qemu",
            Pattern.compile("VMware|VMW"), "vmware",
            Pattern.compile("innotek GmbH|VirtualBox"), "oracle",
            Pattern.compile("Xen"), "xen",
            Pattern.compile("Parallels"), "parallels",
            Pattern.compile("BHYVE"), "bhyve",
            Pattern.compile("Hyper-V|Virtual Machine"), "microsoft",
            Pattern.compile("Apple Virtualization"), "apple");

    private final HostPaths paths;

    public HypervisorProbe(HostPaths paths) {
        this.paths = paths;
    }

    @Override
    public String name() {
        return "hypervisor";
    }

    @Override
    public Finding look() throws IOException {
        String found = hypervisor();
        return draft -> draft.hypervisor(found);
    }

    private String hypervisor() throws IOException {
        if (text("/sys/hypervisor/type").equals("xen") || paths.exists("/proc/xen")) {
            return "xen";
        }
        if (paths.exists("/proc/sysinfo")) {
            return ofMainframe(text("/proc/sysinfo"));
        }
        CpuInfo info = new CpuInfo(paths.lines("/proc/cpuinfo"));
        if (info.first("flags").isPresent()) {
            return info.first("flags").orElseThrow().matches("(.* )?hypervisor( .*)?") ? ofX86() : NONE;
        }
        return ofTree().or(this::ofFirmware).orElse(NONE);
    }

    private static String ofMainframe(String sysinfo) {
        if (sysinfo.contains("KVM/Linux")) {
            return "kvm";
        }
        return sysinfo.contains("z/VM") ? "zvm" : NONE;
    }

    private String ofX86() throws IOException {
        String clocks = text(CLOCKS);
        if (clocks.contains("kvm-clock")) {
            return "kvm";
        }
        return clocks.contains("hyperv") ? "microsoft" : ofFirmware().orElse(OTHER);
    }

    private Optional<String> ofTree() throws IOException {
        String compatible = text(TREE + "/hypervisor/compatible");
        if (compatible.contains("kvm")) {
            return Optional.of("kvm");
        }
        if (!compatible.isEmpty()) {
            return Optional.of(compatible.contains("vmware") ? "vmware" : OTHER);
        }
        if (paths.exists(TREE + "/ibm,partition-name")) {
            return Optional.of(paths.exists(TREE + "/hmc-managed?") ? "powervm" : "qemu");
        }
        return text(TREE + "/model").equals("linux,dummy-virt") ? Optional.of("qemu") : Optional.empty();
    }

    private Optional<String> ofFirmware() {
        return Stream.of("product_name", "sys_vendor", "board_vendor", "bios_vendor")
                .map(this::firmware)
                .flatMap(text -> BY_FIRMWARE.entrySet().stream()
                        .filter(known -> known.getKey().matcher(text).lookingAt())
                        .map(Map.Entry::getValue))
                .findFirst();
    }

    /** Without firmware, or without a right to read what it says, there is nothing to go by. */
    private String firmware(String name) {
        try {
            return text(FIRMWARE + name);
        } catch (IOException e) {
            return "";
        }
    }

    private String text(String path) throws IOException {
        return paths.textIfAny(path).orElse("");
    }
}
