package dev.smartdispatcher.operator.workload;

/**
 * What a kubelet does to a container's command, args and values of variables before it starts it: {@code $(NAME)} is replaced by the
 * variable, and {@code $$} stands for {@code $}. Users expect it of the fields that Kubernetes has too; what is the operator's own, or
 * has another meaning, must not be changed by it.
 */
public final class Expansion {
    private Expansion() {}

    /** The text that a kubelet expands to this one. */
    public static String escape(String text) {
        return text.replace("$", "$$");
    }
}
