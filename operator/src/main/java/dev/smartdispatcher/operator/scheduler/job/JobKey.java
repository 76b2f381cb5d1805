package dev.smartdispatcher.operator.scheduler.job;

/** A job's identity. Ordered by namespace, name and UID, which breaks all ties. */
public record JobKey(String namespace, String name, String uid) implements Comparable<JobKey> {
    @Override
    public int compareTo(JobKey other) {
        int order = namespace.compareTo(other.namespace);
        if (order == 0) {
            order = name.compareTo(other.name);
        }
        return order == 0 ? uid.compareTo(other.uid) : order;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
