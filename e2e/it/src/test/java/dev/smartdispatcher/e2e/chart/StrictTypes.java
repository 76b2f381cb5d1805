package dev.smartdispatcher.e2e.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;

/** Reads objects as their classes, and refuses fields that these do not have: Fabric8's would keep them. */
final class StrictTypes {
    /** Of kinds that the client has no class for. */
    private static final Map<String, Class<?>> OTHERS = Map.of(
            "DispatchPolicy",
            DispatchPolicy.class,
            "WorkerCheck",
            WorkerCheck.class,
            "PrometheusRule",
            PrometheusObjects.PrometheusRule.class,
            "ServiceMonitor",
            PrometheusObjects.ServiceMonitor.class,
            "PodMonitor",
            PrometheusObjects.PodMonitor.class);

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    private StrictTypes() {}

    /** The object as its class. */
    static Object read(JsonNode object) throws JsonProcessingException {
        return STRICT.treeToValue(object, type(object));
    }

    static <T> T read(JsonNode object, Class<T> type) throws JsonProcessingException {
        return STRICT.treeToValue(object, type);
    }

    private static Class<?> type(JsonNode object) {
        var kind = object.path("kind").textValue();
        if (OTHERS.containsKey(kind)) {
            return OTHERS.get(kind);
        }
        var type = Serialization.unmarshal(object.toString()).getClass();
        if (type == GenericKubernetesResource.class) {
            throw new AssertionError("there is no class for " + object.path("apiVersion") + " " + kind);
        }
        return type;
    }
}
