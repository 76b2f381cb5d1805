package dev.smartdispatcher.e2e.definitions;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;

/**
 * A CustomResourceDefinition of the chart, as it lies there.
 *
 * @param file name of its file
 * @param crd its content
 */
public record Definition(String file, JsonNode crd) {
    private static final String GROUP_PATH = "/apis/smartdispatcher.dev/v1alpha1";

    /** All of them, by file name. */
    public static List<Definition> shipped() {
        return ShippedDefinitions.files().entrySet().stream()
                .map(file -> new Definition(file.getKey(), Serialization.unmarshal(file.getValue(), JsonNode.class)))
                .toList();
    }

    /** The one of a kind. */
    public static Definition of(String kind) {
        return shipped().stream().filter(d -> d.kind().equals(kind)).findFirst().orElseThrow();
    }

    public String kind() {
        return crd.at("/spec/names/kind").asText();
    }

    /** The only version. */
    public JsonNode version() {
        return crd.at("/spec/versions/0");
    }

    public JsonNode schema() {
        return version().at("/schema/openAPIV3Schema");
    }

    /** Path of the collection in the API, for cluster-scoped kinds or in the namespace {@code default}. */
    public String path() {
        var scope = crd.at("/spec/scope").asText().equals("Namespaced") ? "/namespaces/default" : "";
        return GROUP_PATH + scope + "/" + crd.at("/spec/names/plural").asText();
    }

    /** All places of the schema, parents before children; the first is the object itself. */
    public List<Place> places() {
        var places = new ArrayList<Place>();
        collect(List.of(), schema(), places);
        return places;
    }

    private static void collect(List<String> steps, JsonNode schema, List<Place> places) {
        places.add(new Place(steps, schema));
        schema.path("properties")
                .properties()
                .forEach(property -> collect(with(steps, property.getKey()), property.getValue(), places));
        if (schema.has("items")) {
            collect(with(steps, Place.ITEM), schema.get("items"), places);
        }
        if (schema.has("additionalProperties")) {
            collect(with(steps, Place.VALUE), schema.get("additionalProperties"), places);
        }
    }

    private static List<String> with(List<String> steps, String step) {
        var longer = new ArrayList<>(steps);
        longer.add(step);
        return List.copyOf(longer);
    }

    @Override
    public String toString() {
        return kind();
    }
}
