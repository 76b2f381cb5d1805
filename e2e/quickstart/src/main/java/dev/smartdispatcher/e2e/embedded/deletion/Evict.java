package dev.smartdispatcher.e2e.embedded.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Gvr;
import dev.smartdispatcher.e2e.embedded.store.ObjectFilter;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.verbs.Target;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Evicts pods, unless their PodDisruptionBudget holds them. Only an integer {@code minAvailable}, and {@code matchLabels} and
 * {@code Exists} and {@code DoesNotExist} of labels are understood: the operator writes no others.
 */
public final class Evict {
    private static final Gvr BUDGETS = new Gvr("policy", "v1", "poddisruptionbudgets");
    private static final Set<String> NOT_RUNNING = Set.of("Pending", "Succeeded", "Failed");

    private final ObjectStore store;
    private final Delete delete;

    public Evict(ObjectStore store, Delete delete) {
        this.store = store;
        this.delete = delete;
    }

    /**
     * Deletes the pod as eviction does.
     *
     * @throws ApiException 429 while a budget does not allow it, 500 if two budgets are for it, 404 if it is not there
     */
    public void evict(Target pod, DeleteOptions options) {
        store.atomically(() -> {
            var current = pod.in(store);
            if (!NOT_RUNNING.contains(current.at("/status/phase").asText())) {
                requireBudget(pod, current);
            }
            return delete.delete(pod, options);
        });
    }

    private void requireBudget(Target pod, JsonNode current) {
        var namespace = pod.key().namespace();
        var budgets = store.list(new ObjectFilter(BUDGETS, namespace, budget -> selects(budget, current)));
        if (budgets.size() > 1) {
            throw new ApiException(
                    500,
                    "InternalError",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }
        for (var budget : budgets) {
            var healthy =
                    healthy(store.list(new ObjectFilter(pod.kind().gvr(), namespace, other -> selects(budget, other))));
            int needed = budget.at("/spec/minAvailable").asInt();
            if (healthy <= needed) {
                throw new ApiException(
                        429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.");
            }
        }
    }

    private static long healthy(List<? extends JsonNode> pods) {
        return pods.stream().filter(Evict::isReady).count();
    }

    private static boolean isReady(JsonNode pod) {
        return StreamSupport.stream(pod.at("/status/conditions").spliterator(), false)
                .anyMatch(condition -> condition.path("type").asText().equals("Ready")
                        && condition.path("status").asText().equals("True"));
    }

    private static boolean selects(JsonNode budget, JsonNode pod) {
        var selector = budget.at("/spec/selector");
        var wanted = selector.path("matchLabels");
        var expressions = selector.path("matchExpressions");
        var labels = pod.at("/metadata/labels");
        return !(wanted.isEmpty() && expressions.isEmpty())
                && wanted.properties().stream()
                        .allMatch(label -> label.getValue().equals(labels.path(label.getKey())))
                && StreamSupport.stream(expressions.spliterator(), false).allMatch(expression -> switch (expression
                        .path("operator")
                        .asText()) {
                    case "Exists" -> labels.has(expression.path("key").asText());
                    case "DoesNotExist" -> !labels.has(expression.path("key").asText());
                    default -> false;
                });
    }
}
