package dev.smartdispatcher.api.worker.facts;

/** A way of keeping a build from its host, as tried by the agent. */
public enum Isolation {
    /** An ordinary container. */
    Container,
    /** A user namespace of the build's own. */
    UserNamespace,
    /** A change of root inside the container. */
    Chroot,
    /** A virtual machine by /dev/kvm. */
    KVM,
    /** The node is a Xen domain: a fact only. */
    XEN
}
