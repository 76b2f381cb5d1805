package dev.smartdispatcher.e2e.api.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.check.WorkerCheck;
import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.farm.Farm;
import dev.smartdispatcher.e2e.farm.Kubelet;
import dev.smartdispatcher.operator.workload.cache.CacheVolume;
import dev.smartdispatcher.operator.workload.pod.BuildDeadline;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What may become of a job, brought about and seen to the end. */
final class JobFates {
    static final String LONG_AGO = "2026-01-01T00:00:00Z";
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String SMALL = "resources: {memory: {base: 16Mi, perProcess: 16Mi}, disk: {size: 16Mi}}";

    private final KubernetesClient admin;
    private final Farm farm;

    JobFates(KubernetesClient admin, Farm farm) {
        this.admin = admin;
        this.farm = farm;
    }

    void completes() {
        running("plain", "package: zlib");
        end("plain", 0);
        assertThat(finished("plain").holds(BuildJobStatus.COMPLETE)).isTrue();
    }

    /** So the cache does not keep what its pod is made of. */
    void isLarge() {
        running("large", "env: [{name: TEXT, value: '" + "x".repeat(20_000) + "'}]");
        end("large", 0);
        finished("large");
    }

    /** So the guard of their namespace, which was made for the first, is raised for the second. */
    void runBesideEachOther() {
        running("one", "");
        running("other", "");
        for (var job : List.of("one", "other")) {
            end(job, 0);
            finished(job);
        }
    }

    void failsAndIsTriedAgain() {
        running("fails", "retry: {onFailure: 1}");
        end("fails", 1);
        farm.until(
                "fails", s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        end("fails", 2);
        // The first failure may be the worker's fault: it is excused, and one more attempt follows.
        var then = farm.until(
                "fails",
                s -> s.finished()
                        || s.attempts().size() == 3 && s.lastAttempt().get().startTime() != null);
        if (!then.finished()) {
            end("fails", 3);
        }
        assertThat(finished("fails").holds(BuildJobStatus.FAILED)).isTrue();
    }

    void isDeletedWhileItRuns() {
        var worker = running("deleted", "");
        admin.resources(BuildJob.class)
                .inNamespace("default")
                .withName("deleted")
                .delete();
        // As the garbage collector would.
        admin.pods()
                .inNamespace("default")
                .withLabel("smartdispatcher.dev/job", "deleted")
                .delete();
        untilWorker(worker, w -> w.getStatus().allocation().jobs() == 0);
    }

    /** Its deadline becomes shorter while it runs. */
    void isToEndSooner() {
        running("sooner", "activeDeadlineSeconds: 3600");
        admin.resources(BuildJob.class)
                .inNamespace("default")
                .withName("sooner")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"activeDeadlineSeconds\":60}}");
        var pod = farm.status("sooner").liveAttempt().get().pod();
        await().atMost(PATIENCE).untilAsserted(() -> {
            var told = admin.pods().inNamespace("default").withName(pod).get();
            assertThat(told.getMetadata().getAnnotations()).containsEntry(Annotations.DEADLINE_SECONDS, "60");
            assertThat(told.getSpec().getActiveDeadlineSeconds()).isEqualTo(BuildDeadline.ofPod(60));
        });
        end("sooner", 0);
        finished("sooner");
    }

    /** It is mounted as a volume, so only an Event of the pod tells that it is missing. */
    void waitsForItsSecret() {
        farm.job(
                "keyless",
                SMALL,
                "volumes: [{name: keys, secret: {name: keys}}]",
                "volumeMounts: [{name: keys, mountPath: /keys}]");
        farm.until("keyless", s -> s.waiting() != null && s.waiting().reason() == Reason.SecretNotFound);
        admin.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        farm.until(
                "keyless",
                s -> s.liveAttempt().filter(a -> a.startTime() != null).isPresent());
        end("keyless", 0);
        assertThat(finished("keyless").attempts().get(0).obstacle().object()).isEqualTo("keys");
        admin.secrets().inNamespace("default").withName("keys").delete();
    }

    /** Its packages are installed, and the root is kept on the worker, where somebody else's claim has the name of the cache at first. */
    void keepsItsRoot(String... workers) {
        admin.resource(Serialization.unmarshal("""
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: rights}
            provisioner: local.test
            """, StorageClass.class)).createOr(NonDeletingOperation::update);
        edit("{\"installer\":\"Rpm\",\"root\":\"Directory\",\"repository\":{\"image\":\"local.test/packages:12\"}}");
        for (var name : workers) {
            spec(name, "{\"cache\":{\"size\":\"1Mi\",\"storageClassName\":\"rights\"}}");
            admin.resource(new PersistentVolumeClaimBuilder()
                            .withNewMetadata()
                            .withName(cache(name))
                            .withNamespace("default")
                            .endMetadata()
                            .withNewSpec()
                            .withAccessModes("ReadWriteOnce")
                            .withNewResources()
                            .addToRequests("storage", new Quantity("1Mi"))
                            .endResources()
                            .endSpec()
                            .build())
                    .create();
        }
        running("rootless", "");
        end("rootless", 0);
        finished("rootless");
        List.of(workers).forEach(this::removeCache);
        var worker = running("rooted", "");
        assertThat(claim(cache(worker)).getMetadata().getOwnerReferences()).hasSize(1);
        end("rooted", 0);
        finished("rooted");
        var name = cache(worker);
        List.of(workers).forEach(w -> spec(w, "{\"cache\":null}"));
        await().atMost(PATIENCE)
                .until(() -> claim(name) == null || claim(name).getMetadata().getDeletionTimestamp() != null);
        removeFinalizers(name);
        edit("{\"installer\":null,\"root\":null,\"repository\":null}");
    }

    private String cache(String name) {
        var worker = admin.resources(BuildWorker.class).withName(name).get();
        return CacheVolume.of(name, worker.getMetadata().getUid(), worker.getSpec())
                .orElseThrow()
                .name();
    }

    private PersistentVolumeClaim claim(String name) {
        return admin.persistentVolumeClaims()
                .inNamespace("default")
                .withName(name)
                .get();
    }

    private void removeCache(String worker) {
        var name = cache(worker);
        admin.persistentVolumeClaims().inNamespace("default").withName(name).delete();
        removeFinalizers(name);
    }

    /** As the controller does that protects claims which pods use. */
    private void removeFinalizers(String claim) {
        if (claim(claim) != null) {
            admin.persistentVolumeClaims()
                    .inNamespace("default")
                    .withName(claim)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        }
        await().atMost(PATIENCE).until(() -> claim(claim) == null);
    }

    private void edit(String environment) {
        admin.resources(BuildEnvironment.class)
                .withName("debian")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + environment + "}");
    }

    private void spec(String worker, String spec) {
        admin.resources(BuildWorker.class)
                .withName(worker)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":" + spec + "}");
    }

    void expires() {
        running("expires", "ttlSecondsAfterFinished: 1");
        end("expires", 0);
        await().atMost(PATIENCE)
                .until(() -> admin.resources(BuildJob.class)
                                .inNamespace("default")
                                .withName("expires")
                                .get()
                        == null);
    }

    void isDrained() {
        var worker = running("drained", "");
        annotate(worker, Map.of(Annotations.DRAIN, "test", Annotations.DRAIN_DEADLINE, LONG_AGO));
        farm.until(
                "drained",
                s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        assertThat(farm.status("drained").attempts().get(0).outcome()).isEqualTo(Reason.DrainDeadlinePassed);
        end("drained", 0);
        finished("drained");
        annotate(worker, cleared(Annotations.DRAIN, Annotations.DRAIN_DEADLINE));
        untilWorker(worker, w -> w.getStatus().condition("Schedulable").get().holds());
    }

    /** A check of workers, which is asked for where it is not to run. */
    void areCheckedFor() {
        admin.resource(Serialization.unmarshal("""
            apiVersion: smartdispatcher.dev/v1alpha1
            kind: WorkerCheck
            metadata: {name: nowhere}
            spec: {image: "local.test/check:1", script: "true", workerSelector: {matchLabels: {no: worker}}}
            """, WorkerCheck.class)).create();
        var worker = running("checked", "");
        annotate(worker, Map.of(Annotations.CHECK, "nowhere"));
        untilWorker(
                worker,
                w -> w.getMetadata().getAnnotations() == null
                        || !w.getMetadata().getAnnotations().containsKey(Annotations.CHECK));
        await().atMost(PATIENCE)
                .until(() -> admin.resources(WorkerCheck.class)
                                .withName("nowhere")
                                .get()
                                .getStatus()
                        != null);
        end("checked", 0);
        finished("checked");
    }

    /** Its node goes, with its pods and its BuildWorker. */
    void losesItsWorker() {
        var worker = running("lost", "");
        admin.nodes().withName(worker).delete();
        admin.pods()
                .inNamespace("default")
                .withLabel("smartdispatcher.dev/job", "lost")
                .withGracePeriod(0)
                .delete();
        admin.resources(BuildWorker.class).withName(worker).delete();
        farm.until(
                "lost", s -> s.attempts().size() == 2 && s.lastAttempt().get().startTime() != null);
        assertThat(farm.status("lost").attempts().get(0).outcome()).isEqualTo(Reason.WorkerLost);
        end("lost", 0);
        finished("lost");
    }

    /** Creates the job and returns the worker that its container runs on. */
    String running(String job, String more) {
        farm.job(job, SMALL, more);
        return farm.until(
                        job,
                        s -> s.liveAttempt().map(a -> a.startTime() != null).orElse(false))
                .liveAttempt()
                .get()
                .worker();
    }

    BuildJobStatus finished(String job) {
        return farm.until(job, BuildJobStatus::finished);
    }

    void end(String job, int exitCode) {
        new Kubelet(admin).over("default", farm.status(job).liveAttempt().get().pod(), exitCode);
    }

    private static Map<String, String> cleared(String... names) {
        var cleared = new HashMap<String, String>();
        for (var name : names) {
            cleared.put(name, null);
        }
        return cleared;
    }

    private void annotate(String worker, Map<String, String> annotations) {
        // As kubectl does: agent and operator may write the worker at the same time.
        admin.resources(BuildWorker.class)
                .withName(worker)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", annotations))));
    }

    private void untilWorker(String name, Predicate<BuildWorker> condition) {
        await("worker " + name).atMost(PATIENCE).until(() -> {
            var worker = admin.resources(BuildWorker.class).withName(name).get();
            return worker != null && worker.getStatus() != null && condition.test(worker);
        });
    }
}
