package dev.smartdispatcher.cli.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists in pages, so that of many objects only what is kept of them is in memory. */
final class Pages {
    private static final long OBJECTS = 500;

    private Pages() {}

    /** What is kept of each object, in the API server's order. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>, R> List<R> all(
            FilterWatchListDeletable<T, L, ?> objects, Function<T, R> kept) {
        var all = new ArrayList<R>();
        String next = null;
        do {
            var options = new ListOptionsBuilder()
                    .withLimit(OBJECTS)
                    .withContinue(next)
                    .build();
            var page = Refusal.translating(() -> objects.list(options));
            page.getItems().forEach(object -> all.add(kept.apply(object)));
            next = page.getMetadata() == null ? null : page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        return all;
    }
}
