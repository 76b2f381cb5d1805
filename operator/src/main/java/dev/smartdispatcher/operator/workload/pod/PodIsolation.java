package dev.smartdispatcher.operator.workload.pod;

import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.operator.workload.install.Builder;
import dev.smartdispatcher.operator.workload.install.Installation;
import dev.smartdispatcher.operator.workload.install.InstallerRights;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** How an isolation is given to a pod: its user namespace, its user and capabilities, its device. */
public final class PodIsolation {
    /** The user of checks: not that of builds, since the limit of a user's processes counts all that the node has. */
    public static final long CHECK_USER = 65533;

    private static final long ROOT = 0;

    /**
     * What unpacking a root file system and working in it takes. Root has them in the pod's user namespace only, and Pod
     * Security's level "baseline" allows them.
     */
    private static final List<String> CHROOT_CAPABILITIES =
            List.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETFCAP", "SETGID", "SETUID", "SYS_CHROOT");

    private final JobIsolation isolation;
    private final Optional<String> device;
    private final Optional<Installation> installation;
    private final long user;

    /**
     * For the pod of one attempt.
     *
     * @param device extended resource that the pod asks one of
     * @param installation whose rights the containers have beside those of the isolation
     */
    PodIsolation(JobIsolation isolation, Optional<String> device, Optional<Installation> installation) {
        this(isolation, device, installation, Builder.USER);
    }

    private PodIsolation(
            JobIsolation isolation, Optional<String> device, Optional<Installation> installation, long user) {
        this.isolation = isolation;
        this.device = device;
        this.installation = installation;
        this.user = user;
    }

    /** For the pod of a check, which has what a job with the isolation gets, as a user of its own. */
    public static PodIsolation ofCheck(JobIsolation isolation, Optional<String> device) {
        return new PodIsolation(isolation, device, Optional.empty(), CHECK_USER);
    }

    /** False for a user namespace of the pod's own; null leaves the default. */
    public Boolean hostUsers() {
        var isolated = isolation == JobIsolation.UserNamespace || isolation == JobIsolation.Chroot;
        var installs = installation
                .filter(i -> InstallerRights.hasUserNamespace(i.context()))
                .isPresent();
        return isolated || installs ? false : null;
    }

    /**
     * Of the whole pod.
     *
     * @param cached whether it has a cache, whose many files the kubelet is not to look through at each start
     */
    public PodSecurityContext security(boolean cached) {
        var root = isolation == JobIsolation.Chroot;
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(!root)
                .withRunAsUser(root ? ROOT : user)
                .withRunAsGroup(root ? ROOT : user)
                .withFsGroup(user)
                .withFsGroupChangePolicy(cached ? "OnRootMismatch" : null)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    /**
     * Of the build's container, and of the one that prepares its root. Where they install as root, they alone are root, and no
     * container that a webhook adds.
     */
    public SecurityContext ofContainer() {
        var builder =
                new SecurityContextBuilder().withAllowPrivilegeEscalation(false).withCapabilities(capabilities());
        if (isolation != JobIsolation.Chroot
                && installation.filter(i -> InstallerRights.isRoot(i.context())).isPresent()) {
            builder.withRunAsNonRoot(false).withRunAsUser(ROOT).withRunAsGroup(ROOT);
        }
        return builder.build();
    }

    /** Of a container that needs no rights, whatever the pod is for. */
    static SecurityContext unprivileged() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withCapabilities(new CapabilitiesBuilder().withDrop("ALL").build())
                .build();
    }

    private Capabilities capabilities() {
        var added = new TreeSet<>(isolation == JobIsolation.Chroot ? CHROOT_CAPABILITIES : List.<String>of());
        installation
                .map(i -> InstallerRights.capabilities(i.context(), i.root()))
                .ifPresent(added::addAll);
        return new CapabilitiesBuilder()
                .withDrop("ALL")
                .withAdd(List.copyOf(added))
                .build();
    }

    /** Requests, and limits, beside CPU, memory and disk. */
    public Map<String, Quantity> devices() {
        return device.map(name -> Map.of(name, new Quantity("1"))).orElse(Map.of());
    }
}
