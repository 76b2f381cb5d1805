package dev.smartdispatcher.e2e.operator.harness;

import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.e2e.definitions.ShippedDefinitions;
import dev.smartdispatcher.e2e.farm.Edits;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Objects that no definition bounds, as an older one or a newer operator may have left them. */
public final class Unbounded {
    private Unbounded() {}

    /**
     * Stores objects with their status as a definition without any bound takes them. It stays: the embedded API, as API servers
     * before 1.30, takes no status of an object that is not valid otherwise.
     */
    public static void store(Harness farm, String... yamls) {
        ShippedDefinitions.read().forEach(crd -> replace(farm, withoutBounds(crd)));
        for (var yaml : yamls) {
            var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
            var created = farm.client().resource(object).create();
            if (object.getAdditionalProperties().containsKey("status")) {
                // The operator writes to it, too.
                await().ignoreExceptionsMatching(Edits::isConflict).until(() -> {
                    var current = farm.client().resource(created).get();
                    current.setAdditionalProperty(
                            "status", object.getAdditionalProperties().get("status"));
                    return farm.client().resource(current).updateStatus() != null;
                });
            }
        }
    }

    private static void replace(Harness farm, CustomResourceDefinition definition) {
        farm.client()
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition.getMetadata().getName())
                .edit(crd -> {
                    crd.setSpec(definition.getSpec());
                    return crd;
                });
    }

    private static CustomResourceDefinition withoutBounds(CustomResourceDefinition shipped) {
        var crd = Serialization.clone(shipped);
        var any = new JSONSchemaProps();
        any.setType("object");
        any.setXKubernetesPreserveUnknownFields(true);
        crd.getSpec().getVersions().forEach(version -> version.getSchema().setOpenAPIV3Schema(any));
        return crd;
    }
}
