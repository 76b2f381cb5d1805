package dev.smartdispatcher.crd;

import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.policy.DispatchPolicy;
import dev.smartdispatcher.api.profile.BuildProfile;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.arch.QuantityForm;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The CRDs from the Java records, with what the generator has no annotation for: list map keys, the form of quantities, the
 * columns' order and the immutability of a job's fields.
 */
final class CrdGenerator {
    static final List<Class<? extends CustomResource<?, ?>>> KINDS = List.of(
            BuildJob.class,
            BuildWorker.class,
            BuildEnvironment.class,
            WorkerCheck.class,
            DispatchPolicy.class,
            BuildProfile.class);

    /** Lists that server-side apply merges by key, by the name of their field. */
    private static final Map<String, List<String>> MAP_KEYS = Map.ofEntries(
            Map.entry("conditions", List.of("type")),
            Map.entry("attempts", List.of("number")),
            Map.entry("checks", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("rules", List.of("name")),
            Map.entry("problems", List.of("probe")),
            Map.entry("targets", List.of("arch", "mode")),
            Map.entry("isolation", List.of("name")));

    /** Lists without order or repetition. */
    private static final List<String> SETS =
            List.of("flags", "isolation", "notIsolation", "modes", "hostArch", "targetArch");

    /** As Instants are read: a real day of UTC, with at most nanoseconds. The format alone takes other signs for the point. */
    private static final String TIME =
            "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))"
                    + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z$";

    private CrdGenerator() {}

    /** YAML by file name. */
    static SortedMap<String, String> generate() {
        try {
            var dir = Files.createTempDirectory("crds");
            new CRDGenerator()
                    .customResourceClasses(KINDS.toArray(Class[]::new))
                    .inOutputDir(dir.toFile())
                    .detailedGenerate();
            var yaml = new TreeMap<String, String>();
            for (var kind : KINDS) {
                var crd = read(dir, kind);
                complete(crd, kind);
                yaml.put(crd.getMetadata().getName() + ".yaml", Serialization.asYaml(crd));
            }
            return yaml;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CustomResourceDefinition read(Path dir, Class<? extends CustomResource<?, ?>> kind)
            throws IOException {
        var name = CustomResource.getCRDName(kind);
        return Serialization.unmarshal(Files.readString(dir.resolve(name + "-v1.yml")), CustomResourceDefinition.class);
    }

    private static void complete(CustomResourceDefinition crd, Class<?> kind) {
        var order = Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
                .map(AdditionalPrinterColumn::name)
                .toList();
        for (var version : crd.getSpec().getVersions()) {
            version.getAdditionalPrinterColumns()
                    .sort(Comparator.comparing((CustomResourceColumnDefinition c) -> order.indexOf(c.getName())));
            var schema = version.getSchema().getOpenAPIV3Schema();
            if (kind == BuildProfile.class) {
                // It has none: nobody may wish anything of it.
                schema.getProperties().remove("spec");
            }
            if (kind == BuildJob.class) {
                schema.getXKubernetesValidations()
                        .addAll(ImmutableFields.rules(
                                BuildJobSpec.class, BuildJob.CEL_NOT_ALLOCATED, BuildJob.IMMUTABLE));
            }
            mark(schema);
        }
    }

    private static void mark(JSONSchemaProps schema) {
        // A rule on a record's component is found twice, on its field and on its accessor; the API server refuses that.
        if (schema.getXKubernetesValidations() != null) {
            schema.setXKubernetesValidations(
                    schema.getXKubernetesValidations().stream().distinct().toList());
        }
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((name, property) -> {
            // An empty text is not written, so that what the operator has read would be refused when it is written
            // again.
            if ("string".equals(property.getType())
                    && schema.getRequired().contains(name)
                    && property.getMinLength() == null
                    && property.getEnum().isEmpty()
                    && property.getFormat() == null) {
                property.setMinLength(1L);
            }
            if ("array".equals(property.getType())) {
                var item = property.getItems().getSchema();
                if (isKeyed(name, item)) {
                    property.setXKubernetesListType("map");
                    property.setXKubernetesListMapKeys(MAP_KEYS.get(name));
                } else if (SETS.contains(name) && !"object".equals(item.getType())) {
                    property.setXKubernetesListType("set");
                } else {
                    property.setXKubernetesListType("atomic");
                }
                mark(item);
            }
            if (isQuantity(property)) {
                boundQuantity(property);
            }
            var values = property.getAdditionalProperties();
            if (values != null && values.getSchema() != null && isQuantity(values.getSchema())) {
                boundQuantity(values.getSchema());
            } else if (values != null && values.getSchema() != null) {
                mark(values.getSchema());
            }
            if ("date-time".equals(property.getFormat())) {
                property.setPattern(TIME);
            }
            mark(property);
        });
    }

    private static boolean isQuantity(JSONSchemaProps property) {
        return Boolean.TRUE.equals(property.getXKubernetesIntOrString());
    }

    /** Without it any text is an amount, until somebody has to count with it. Numbers are whole ones here. */
    private static void boundQuantity(JSONSchemaProps property) {
        if (property.getPattern() == null) {
            property.setPattern(QuantityForm.PATTERN);
        }
        property.setMaxLength((long) QuantityForm.LONGEST);
        if (property.getMinimum() == null) {
            property.setMinimum(0.0);
        }
        property.setMaximum((double) Quantities.MOST);
    }

    /** By its keys too: some fields of one name are lists of different things. */
    private static boolean isKeyed(String name, JSONSchemaProps item) {
        return item.getProperties() != null
                && item.getProperties().keySet().containsAll(MAP_KEYS.getOrDefault(name, List.of("none")));
    }
}
