package dev.smartdispatcher.e2e.chart;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Pod Security Standard {@code restricted}, as far as it can be broken by what a chart sets, and that root file systems
 * are read-only, which it does not ask for. Source: kubernetes.io, Pod Security Standards.
 */
final class PodSecurity {
    private final List<String> violations = new ArrayList<>();

    private PodSecurity() {}

    /** What breaks the standard, in a few words each; nothing if the pod keeps it. */
    static List<String> violations(PodSpec pod) {
        var check = new PodSecurity();
        check.pod(pod);
        Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .forEach(check::container);
        pod.getVolumes().forEach(check::volume);
        return List.copyOf(check.violations);
    }

    private void pod(PodSpec pod) {
        refuse(is(pod.getHostNetwork()), "hostNetwork");
        refuse(is(pod.getHostPID()), "hostPID");
        refuse(is(pod.getHostIPC()), "hostIPC");
        refuse(!pod.getEphemeralContainers().isEmpty(), "ephemeral containers");
        var context = pod.getSecurityContext();
        refuse(context == null, "no securityContext");
        refuse(context.getSeLinuxOptions() != null, "seLinuxOptions");
        refuse(context.getAppArmorProfile() != null, "appArmorProfile");
        refuse(context.getWindowsOptions() != null, "windowsOptions");
        refuse(!context.getSysctls().isEmpty(), "sysctls");
        refuse(!is(context.getRunAsNonRoot()), "runAsNonRoot is not true");
        refuse(context.getRunAsUser() == null || context.getRunAsUser() == 0, "runAsUser is root's");
        seccomp(Optional.ofNullable(context.getSeccompProfile()));
    }

    private void container(Container container) {
        var context = Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
        refuse(is(context.getPrivileged()), "privileged");
        refuse(!Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()), "allowPrivilegeEscalation is not false");
        refuse(!is(context.getReadOnlyRootFilesystem()), "root file system can be written");
        refuse(context.getProcMount() != null, "procMount");
        refuse(Boolean.FALSE.equals(context.getRunAsNonRoot()), "a container's runAsNonRoot is false");
        refuse(context.getRunAsUser() != null && context.getRunAsUser() == 0, "a container's runAsUser is root's");
        var capabilities = context.getCapabilities();
        refuse(capabilities == null || !capabilities.getDrop().contains("ALL"), "capabilities are not dropped");
        refuse(capabilities != null && !capabilities.getAdd().isEmpty(), "capabilities are added");
        if (context.getSeccompProfile() != null) {
            seccomp(Optional.of(context.getSeccompProfile()));
        }
        refuse(container.getPorts().stream().anyMatch(port -> port.getHostPort() != null), "hostPort");
        container.getVolumeMounts().stream()
                .filter(mount -> !is(mount.getReadOnly()))
                .forEach(mount -> refuse(!mount.getMountPath().equals("/tmp"), mount.getMountPath() + " is writable"));
    }

    private void volume(Volume volume) {
        refuse(volume.getHostPath() != null, "host path of volume " + volume.getName());
        refuse(
                volume.getHostPath() == null && volume.getEmptyDir() == null,
                "volume " + volume.getName() + " is of an unusual type");
    }

    private void seccomp(Optional<SeccompProfile> profile) {
        var type = profile.map(SeccompProfile::getType).orElse("undefined");
        refuse(!type.equals("RuntimeDefault") && !type.equals("Localhost"), "seccomp profile " + type);
    }

    private void refuse(boolean broken, String what) {
        if (broken) {
            violations.add(what);
        }
    }

    private static boolean is(Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
