package dev.smartdispatcher.api.job.demand;

/** How a build may ask to be kept from its host: each is what one mechanism of Kubernetes provides. */
public enum JobIsolation {
    /** An ordinary container: every job has it. */
    Container,
    /** A user namespace of the pod's own, by {@code hostUsers: false}. */
    UserNamespace,
    /** A change of root inside the container: root in a user namespace of the pod's own, with {@code SYS_CHROOT}. */
    Chroot,
    /** A virtual machine: {@code /dev/kvm} by a device resource that the policy names. */
    KVM
}
