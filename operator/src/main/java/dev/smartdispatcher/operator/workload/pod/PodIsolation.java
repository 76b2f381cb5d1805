package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How an isolation is given to a pod: its user namespace, its user and capabilities, its device. */
final class PodIsolation {
    /**
     * The user of builds, as of distroless images: for good, since the claims of users hold its files. Nothing else has it, by which
     * a process of the node would be allowed to read the environment of builds: docs/security.md says who has which.
     */
    private static final long USER = 65532;

    private static final long ROOT = 0;

    /**
     * What unpacking a root file system and working in it takes. Root has them in the pod's user namespace only, and Pod
     * Security's level "baseline" allows them.
     */
    private static final List<String> CHROOT_CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETFCAP", "SETGID", "SETUID", "SYS_CHROOT");

    private final JobIsolation isolation;
    private final Optional<String> device;

    /**
     * For one pod.
     *
     * @param device extended resource that the pod asks one of
     */
    PodIsolation(JobIsolation isolation, Optional<String> device) {
        this.isolation = isolation;
        this.device = device;
    }

    /** False for a user namespace of the pod's own; null leaves the default. */
    Boolean hostUsers() {
        return switch (isolation) {
            case UserNamespace, Chroot -> false;
            case Container, KVM -> null;
        };
    }

    /** Of the whole pod. */
    PodSecurityContext security() {
        var root = isolation == JobIsolation.Chroot;
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(!root)
                .withRunAsUser(root ? ROOT : USER)
                .withRunAsGroup(root ? ROOT : USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    Capabilities capabilities() {
        return new CapabilitiesBuilder()
                .withDrop("ALL")
                .withAdd(isolation == JobIsolation.Chroot ? CHROOT_CAPABILITIES : List.of())
                .build();
    }

    /** Requests, and limits, beside CPU, memory and disk. */
    Map<String, Quantity> devices() {
        return device.map(name -> Map.of(name, new Quantity("1"))).orElse(Map.of());
    }
}
