package dev.smartdispatcher.e2e.api.rights;

import static dev.smartdispatcher.e2e.asserts.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.api.tier.ApiTier;
import dev.smartdispatcher.e2e.api.tier.OperatorMaps;
import dev.smartdispatcher.e2e.controlplane.ControlPlane;
import dev.smartdispatcher.operator.packages.PackageRules;
import dev.smartdispatcher.operator.workload.EntryConfigMap;
import dev.smartdispatcher.operator.workload.ListConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ConfigMaps that builds mount are the operator's: who else may do what with them, here an administrator. */
@ApiTier
class MapPolicyApiIT {
    private static final String ENTRY = "entry-0123456789ab";
    private static final String OTHERS = "settings";
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private static KubernetesClient admin;
    private static KubernetesClient operator;
    private static Impersonator impersonator;

    @BeforeAll
    static void install(ControlPlane controlPlane) {
        admin = controlPlane.admin();
        var rights = ShippedRights.in(admin).bindAll();
        GuardPolicy.MAPS.apply(rights);
        operator = controlPlane.client(ServiceAccount.of(admin, ShippedRights.NAMESPACE, ShippedRights.OPERATOR)
                .token());
        impersonator = Impersonator.on(controlPlane);
        GuardPolicy.MAPS.awaitInForce(admin);
    }

    @AfterAll
    static void remove() {
        GuardPolicy.MAPS.remove(admin);
        impersonator.close();
    }

    @BeforeEach
    void maps() {
        var collector = impersonator.as(Impersonator.COLLECTOR);
        for (var map : admin.configMaps().inNamespace("default").list().getItems()) {
            collector.resource(map).patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
            collector.resource(map).delete();
        }
        operator.resource(OperatorMaps.map(ENTRY)).create();
        admin.resource(OperatorMaps.map(OTHERS)).create();
    }

    @ParameterizedTest
    @MethodSource
    void refused(Request request) {
        assertRefused(HttpURLConnection.HTTP_FORBIDDEN, () -> request.act().accept(admin))
                .hasMessageContaining("ValidatingAdmissionPolicy '" + GuardPolicy.MAPS.policy() + "'")
                .hasMessageContaining("only the operator of smartdispatcher.dev may");
    }

    static Stream<Request> refused() {
        return Stream.of(
                create("an entry beforehand", "entry-ffffffffffff"),
                create("lists beforehand", "lists-ffffffffffff"),
                new Request("make one by server-side apply", c -> c.resource(OperatorMaps.map("lists-ffffffffffff"))
                        .serverSideApply()),
                patch("label it", ENTRY, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
                patch("hide it from the sweeper", ENTRY, annotation("2999-01-01T00:00:00Z")),
                patch(
                        "give it an owner, with whom it goes",
                        ENTRY,
                        "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\","
                                + "\"uid\":\"u\"}]}}"),
                patch("hold it", ENTRY, "{\"metadata\":{\"finalizers\":[\"example.com/stays\"]}}"),
                new Request("delete it", c -> delete(c, ENTRY)),
                new Request("delete it at once", c -> c.configMaps()
                        .inNamespace("default")
                        .withName(ENTRY)
                        .withGracePeriod(0)
                        .delete()),
                new Request(
                        "delete all", c -> c.configMaps().inNamespace("default").delete()));
    }

    @ParameterizedTest
    @MethodSource
    void allowed(Request request) {
        assertThatCode(() -> request.act().accept(admin)).doesNotThrowAnyException();
    }

    static Stream<Request> allowed() {
        return Stream.of(
                create("any other", "entry"),
                create("one of a like name", "entry-0123456789abc"),
                create("one of a hash by kustomize", "lists-7k2m9t5bfh"),
                create("one that ends like it", "my-entry-0123456789ab"),
                patch("change another", OTHERS, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
                patch("annotate another", OTHERS, annotation("2999-01-01T00:00:00Z")),
                new Request("delete another", c -> delete(c, OTHERS)),
                new Request("write it as it is, as a migration of storage does", c -> c.resource(c.configMaps()
                                .inNamespace("default")
                                .withName(ENTRY)
                                .get())
                        .update()));
    }

    /** Whatever the policy is for is of these names, and of no others. */
    @Test
    void theOperatorsNamesAreGuarded() {
        var environment = Serialization.unmarshal(
                "--- {image: local.test/build:1, packages: {install: [gcc]}}", BuildEnvironmentSpec.class);
        var plan = PackageRules.evaluate(environment, Architecture.x86_64, Architecture.x86_64, Mode.Native);
        for (var map : Stream.of(EntryConfigMap.of("default"), ListConfigMap.of("default", plan, Instant.now()))
                .toList()) {
            assertRefused(
                    HttpURLConnection.HTTP_FORBIDDEN,
                    () -> admin.resource(map).dryRun().create());
            assertThatCode(() -> operator.resource(map).create()).doesNotThrowAnyException();
            assertThatCode(() -> operator.resource(map).patch(MERGE, annotation("2026-01-01T00:00:00Z")))
                    .doesNotThrowAnyException();
            assertThatCode(() -> operator.resource(map).delete()).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Impersonator.COLLECTOR,
                "system:serviceaccount:kube-system:namespace-controller",
                "system:kube-controller-manager"
            })
    void whoCollectsIsNotHindered(String user) {
        var collector = impersonator.as(user);
        assertThatCode(() -> collector
                        .configMaps()
                        .inNamespace("default")
                        .withName(ENTRY)
                        .patch(MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/stays\"]}}"))
                .doesNotThrowAnyException();
        delete(collector, ENTRY);
        // Anybody may take away what holds it: it is gone then.
        admin.configMaps().inNamespace("default").withName(ENTRY).patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
        assertThat(admin.configMaps().inNamespace("default").withName(ENTRY).get())
                .isNull();
    }

    @Test
    void collectorsMakeNone() {
        var collector = impersonator.as(Impersonator.COLLECTOR);
        assertRefused(
                HttpURLConnection.HTTP_FORBIDDEN,
                () -> collector.resource(OperatorMaps.map("entry-ffffffffffff")).create());
    }

    /** Whoever empties it, under whatever name; nothing can be made there any more. */
    @Test
    void aNamespaceThatIsDeletedCanBeEmptied() {
        var namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName("goes")
                .endMetadata()
                .build();
        admin.resource(namespace).create();
        var map = new ConfigMapBuilder(OperatorMaps.map(ENTRY))
                .editMetadata()
                .withNamespace("goes")
                .endMetadata()
                .build();
        operator.resource(map).create();
        assertRefused(
                HttpURLConnection.HTTP_FORBIDDEN, () -> admin.resource(map).delete());
        admin.resource(namespace).delete();
        assertThatCode(() -> admin.configMaps().inNamespace("goes").delete()).doesNotThrowAnyException();
        assertThat(admin.configMaps().inNamespace("goes").list().getItems()).isEmpty();
    }

    record Request(String what, Consumer<KubernetesClient> act) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Request create(String what, String name) {
        return new Request(
                "create " + what, c -> c.resource(OperatorMaps.map(name)).create());
    }

    private static Request patch(String what, String map, String patch) {
        return new Request(
                what, c -> c.configMaps().inNamespace("default").withName(map).patch(MERGE, patch));
    }

    private static String annotation(String lastUsed) {
        return "{\"metadata\":{\"annotations\":{\"" + Annotations.LAST_USED + "\":\"" + lastUsed + "\"}}}";
    }

    private static void delete(KubernetesClient client, String name) {
        assertThat(client.configMaps().inNamespace("default").withName(name).delete())
                .isNotEmpty();
    }
}
