package dev.smartdispatcher.api.policy;

/** What rights a container in which packages are installed has. Every namespace has Restricted, the others by the policy. */
public enum InstallerContext {
    /** As builds: no root, no capability. Root is played by fakeroot and fakechroot. */
    Restricted,
    /** Root of the node's user namespace, with capabilities that Pod Security's level baseline allows. */
    Baseline,
    /** Root of the pod's own user namespace (hostUsers: false), with SYS_ADMIN there. */
    UserNamespace,
    /** Root of the node's user namespace, with SYS_ADMIN: Pod Security's level privileged. */
    HostRoot
}
