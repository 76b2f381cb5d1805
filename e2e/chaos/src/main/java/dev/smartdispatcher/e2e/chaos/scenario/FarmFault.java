package dev.smartdispatcher.e2e.chaos.scenario;

/** What happens on the farm, once or for a while. */
enum FarmFault {
    SILENT_KUBELET,
    UNREACHABLE_NODE,
    REBOOT,
    DELETE_NODE,
    OUT_OF_SERVICE,
    DELETE_POD,
    FORCE_DELETE_POD,
    EVICT_POD,
    DRAIN,
    DRAIN_WITH_DEADLINE,
    CORDON,
    LOWER_LIMITS,
    SILENT_AGENT,
    ROGUE_AGENT,
    DELETE_JOB,
    RECREATE_JOB,
    SUSPEND_JOB,
    CANCEL_JOB,
    QUOTA,
    EDIT_ENVIRONMENT
}
