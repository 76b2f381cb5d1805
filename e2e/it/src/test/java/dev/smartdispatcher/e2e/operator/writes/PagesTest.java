package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.operator.controller.informer.Pages;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many objects there are and however large: the operator never asks for more than a page of them. */
class PagesTest {
    private static final int MANY = (int) Pages.SIZE * 2 + 1;

    private final Harness farm = new Harness();
    private final Queue<ApiRequest> lists = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void watchLists() {
        farm.cluster().faults().failWhile(this::note, 500);
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private boolean note(ApiRequest request) {
        if (request.verb() == Verb.LIST && request.userAgent().equals(Harness.OPERATOR)) {
            lists.add(request);
        }
        return false;
    }

    @Test
    void everyListIsReadByPages() {
        farm.worker("w", 4);
        for (int i = 0; i < MANY; i++) {
            farm.job("waits-" + i, "parallelism: {min: 64}");
        }
        farm.withOperator().job("starts");
        // All jobs are known: this one is started, and those before it are told why they are not.
        farm.pod("starts", 1);
        farm.until("waits-" + (MANY - 1), s -> s.waiting() != null);
        assertThat(lists).allSatisfy(list -> assertThat(list.parameter("limit")).isEqualTo("" + Pages.SIZE));
        // A page may be asked for again: its answer may be lost.
        assertThat(lists.stream()
                        .filter(list -> list.resource().equals("buildjobs"))
                        .map(ApiRequest::query)
                        .distinct())
                .hasSize(3);
    }

    @Test
    void listsAreSweptByTheirMetadata() {
        for (int i = 0; i < MANY; i++) {
            farm.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("lists-%012d".formatted(i))
                            .withNamespace("default")
                            .addToLabels("app.kubernetes.io/managed-by", "smart-dispatcher")
                            .addToAnnotations("smartdispatcher.dev/last-used", "2026-01-01T00:00:00Z")
                            .endMetadata()
                            .addToData("foreign", "text")
                            .build())
                    .create();
        }
        farm.withOperator().sweepLists();
        assertThat(farm.client()
                        .configMaps()
                        .inNamespace("default")
                        .list()
                        .getItems()
                        .size())
                .isZero();
        assertThat(lists)
                .filteredOn(list -> list.resource().equals("configmaps"))
                .hasSize(3)
                .allSatisfy(list -> assertThat(list.accept()).contains("as=PartialObjectMetadataList"));
    }
}
