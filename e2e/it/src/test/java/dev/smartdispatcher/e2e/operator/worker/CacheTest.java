package dev.smartdispatcher.e2e.operator.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The claims in which builds keep prepared roots: whose they are, when they come and go, and what becomes of builds without them. */
class CacheTest {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final String CACHE = "{\"size\":\"20Gi\",\"storageClassName\":\"local\"}";

    private final Harness farm = new Harness();

    @BeforeEach
    void environment() {
        farm.apply("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: local}
            provisioner: local.test
            """, StorageClass.class);
        farm.client()
                .resources(BuildEnvironment.class)
                .withName("debian")
                .patch(
                        MERGE,
                        "{\"spec\":{\"installer\":\"Rpm\",\"root\":\"Directory\","
                                + "\"repository\":{\"image\":\"local.test/packages:12\"}}}");
        farm.worker("w", 4);
    }

    private void open(String cache) {
        cache(cache);
        farm.withOperator();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private void cache(String cache) {
        farm.client().resources(BuildWorker.class).withName("w").patch(MERGE, "{\"spec\":{\"cache\":" + cache + "}}");
    }

    private List<PersistentVolumeClaim> claims() {
        return farm.client().persistentVolumeClaims().inAnyNamespace().list().getItems();
    }

    private Pod podOf(String namespace, String job, String... lines) {
        farm.jobIn(namespace, job, lines);
        return await().until(
                        () -> farm
                                .client()
                                .pods()
                                .inNamespace(namespace)
                                .withLabel("smartdispatcher.dev/job", job)
                                .list()
                                .getItems()
                                .stream()
                                .findFirst(),
                        found -> found.isPresent())
                .orElseThrow();
    }

    private static List<String> claims(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getPersistentVolumeClaim() != null)
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .toList();
    }

    private List<String> told() {
        return farm.client().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(event -> event.getReason().equals("CacheUnavailable"))
                .map(Event::getMessage)
                .toList();
    }

    @Test
    void eachNamespaceHasOneOfItsOwnThatTheWorkerOwns() {
        open(CACHE);
        var first = podOf("default", "one");
        assertThat(claims()).hasSize(1);
        assertThat(claims(podOf("default", "two"))).isEqualTo(claims(first));
        farm.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("other")
                        .endMetadata()
                        .build())
                .create();
        podOf("other", "three");
        var worker = farm.client().resources(BuildWorker.class).withName("w").get();
        assertThat(claims())
                .hasSize(2)
                .allSatisfy(claim -> {
                    assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
                    assertThat(claim.getSpec().getStorageClassName()).isEqualTo("local");
                    assertThat(claim.getSpec().getResources().getRequests())
                            .containsEntry("storage", new Quantity("20Gi"));
                    assertThat(claim.getMetadata().getOwnerReferences())
                            .singleElement()
                            .satisfies(owner -> assertThat(owner.getUid())
                                    .isEqualTo(worker.getMetadata().getUid()));
                })
                .extracting(claim -> claim.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("default", "other");
        // 100 GiB, less these.
        await().untilAsserted(() -> assertThat(farm.client()
                        .resources(BuildWorker.class)
                        .withName("w")
                        .get()
                        .getStatus()
                        .budget()
                        .disk())
                .isEqualTo(new Quantity("60Gi")));
    }

    /** Whatever its environment installs; without a cache it has an empty directory. */
    @Test
    void aJobThatKeepsADirectoryHasOneOfItsPackage() {
        farm.client()
                .resources(BuildEnvironment.class)
                .withName("debian")
                .patch(MERGE, "{\"spec\":{\"installer\":null,\"root\":null,\"repository\":null}}");
        open(CACHE);
        assertThat(claims(podOf("default", "without"))).isEmpty();
        var pod = podOf("default", "keeps", "package: zlib", "cache: {path: /var/cache/ccache}");
        assertThat(claims(pod)).hasSize(1);
        assertThat(pod.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("cache");
        var next = podOf("default", "next", "package: zlib", "cache: {path: /c}");
        assertThat(next.getSpec().getInitContainers().get(0).getArgs()).containsSequence("--busy", name(pod));
        assertThat(name(next)).isEqualTo(name(pod));
        cache("null");
        await().until(() -> claims().isEmpty());
        assertThat(claims(podOf("default", "last", "cache: {path: /c}"))).isEmpty();
    }

    private static String name(Pod pod) {
        var args = pod.getSpec().getInitContainers().get(0).getArgs();
        return args.get(args.indexOf("--name") + 1);
    }

    @Test
    void theyDoNotTakeMoreThanHalfOfTheDisk() {
        open("{\"size\":\"60Gi\",\"storageClassName\":\"local\"}");
        assertThat(claims(podOf("default", "one"))).isEmpty();
        assertThat(claims()).isEmpty();
        await().until(() -> !told().isEmpty());
        assertThat(told().get(0)).endsWith("the caches of other namespaces have half of the disk of w");
    }

    @Test
    void aClaimThatIsRefusedStopsNoBuild() {
        open(CACHE);
        farm.cluster()
                .faults()
                .failWhile(
                        request -> request.is(Verb.CREATE, "persistentvolumeclaims"),
                        403,
                        "persistentvolumeclaims is forbidden: exceeded quota: claims");
        assertThat(claims(podOf("default", "one"))).isEmpty();
        assertThat(claims(podOf("default", "two"))).isEmpty();
        await().until(() -> told().size() == 2);
        assertThat(told())
                .allMatch(text -> text.contains(" on w has no cache: the claim 'smart-dispatcher-cache-")
                        && text.contains("exceeded quota: claims; tried again after "));
    }

    @Test
    void aClassThatIsNotThereStopsNoBuild() {
        farm.client().storage().v1().storageClasses().withName("local").delete();
        open(CACHE);
        assertThat(claims(podOf("default", "one"))).isEmpty();
        assertThat(claims()).isEmpty();
        await().until(() -> !told().isEmpty());
        assertThat(told().get(0)).contains("there is no StorageClass 'local'");
    }

    @Test
    void aClaimOfSomebodyElseIsNotUsed() {
        cache(CACHE);
        var worker = farm.client().resources(BuildWorker.class).withName("w").get();
        var name = CacheVolume.of("w", worker.getMetadata().getUid(), worker.getSpec())
                .orElseThrow()
                .name();
        farm.apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: %s}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """.formatted(name), PersistentVolumeClaim.class);
        open(CACHE);
        assertThat(claims(podOf("default", "one"))).isEmpty();
        await().until(() -> !told().isEmpty());
        assertThat(told().get(0)).contains("the claim '" + name + "' is not the operator's");
    }

    @Test
    void theyGoWhenTheWorkerIsToHaveNoneAnyMore() {
        open(CACHE);
        podOf("default", "one");
        farm.apply("""
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: sources, labels: {smartdispatcher.dev/worker: w, app.kubernetes.io/managed-by: smart-dispatcher}}
            spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """, PersistentVolumeClaim.class);
        assertThat(claims()).hasSize(2);
        cache("null");
        await().until(() -> claims().size() == 1);
        assertThat(claims().get(0).getMetadata().getName()).isEqualTo("sources");
        assertThat(claims(podOf("default", "two"))).isEmpty();
        assertThat(told()).isEmpty();
    }
}
