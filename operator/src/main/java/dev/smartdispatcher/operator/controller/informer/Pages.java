package dev.smartdispatcher.operator.controller.informer;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListMeta;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lists that are read a page at a time, so that no more than a page of them is in memory. */
public final class Pages {
    /** Objects of a page: of the largest that etcd takes (1.5 MiB) 75 MiB, of ordinary ones 100 KiB. */
    public static final long SIZE = 50;

    private Pages() {}

    /** Goes through all objects. */
    public static <T extends HasMetadata, L extends KubernetesResourceList<T>> void each(
            FilterWatchListDeletable<T, L, ?> from, Consumer<T> look) {
        walk(from::list, KubernetesResourceList::getMetadata, page -> page.getItems()
                .forEach(look));
    }

    /** Goes through the metadata of all objects, without asking for the rest of them. */
    public static void metadata(FilterWatchListDeletable<?, ?, ?> from, Consumer<ObjectMeta> look) {
        walk(from::listAsPartialObjectMetadata, page -> page.getMetadata(), page -> page.getItems()
                .forEach(item -> look.accept(item.getMetadata())));
    }

    private static <L> void walk(Function<ListOptions, L> list, Function<L, ListMeta> meta, Consumer<L> look) {
        String next = null;
        do {
            var page = list.apply(
                    new ListOptionsBuilder().withLimit(SIZE).withContinue(next).build());
            look.accept(page);
            next = meta.apply(page).getContinue();
        } while (next != null && !next.isEmpty());
    }
}
