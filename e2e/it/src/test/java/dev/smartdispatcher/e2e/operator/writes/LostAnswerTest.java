package dev.smartdispatcher.e2e.operator.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An allocation of which the operator does not learn whether it is written: its room is given to nobody else. */
class LostAnswerTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    /**
     * The cache of jobs stands still from before the write until the end. When the job whose answer was lost cannot go to its
     * worker any more, the next one in the queue would get its room. No job is told why it waits: that would make what the
     * cache has of it too old for its own allocation.
     *
     * @param told to a client that does not learn of its success: nothing; or, having sent it again, that an API server which
     *     has just started forbids everything
     */
    @ParameterizedTest
    @ValueSource(ints = {504, 403})
    void roomOfAWrittenAllocationIsTakenThoughNothingTellsOfIt(int told) {
        farm.worker("w", 1);
        label("w", "first");
        annotateDrain("later");
        farm.worker("v", 1);
        var seen = ConcurrentHashMap.<String>newKeySet();
        var untold = farm.cluster().faults().failWhile(r -> tells(r, seen), 403);
        farm.withOperator();
        farm.job("lost", "priority: 10", selector("first"));
        farm.job("next", "requires: {workerSelector: {matchLabels: {name: w}}}");
        farm.job("sign", selector("second"));
        await("all are seen").until(() -> seen.containsAll(Set.of("lost", "next", "sign")));
        var stale = farm.cluster().faults().failWhile(LostAnswerTest::feedsTheCache, 503);
        farm.cluster().dropWatches();
        farm.cluster().faults().loseNextAnswer(LostAnswerTest::allocates, told);
        annotateDrain(null);
        farm.until("lost", s -> s.allocation() != null);

        label("w", "other");
        label("v", "second");
        farm.until("sign", s -> s.allocation() != null);
        assertThat(farm.status("next").attempts()).isEmpty();

        stale.run();
        untold.run();
        farm.kubelet().ended(farm.pod("lost", 1), 0);
        farm.until("lost", s -> s.holds(BuildJobStatus.COMPLETE));
        farm.kubelet().ended(farm.pod("next", 1), 0);
        assertThat(farm.until("next", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** The resource version fences a status that comes late: what was written meanwhile stays. */
    @Test
    void anAllocationThatComesLateChangesNothing() {
        farm.worker("w", 2);
        farm.withOperator();
        var late = farm.faults().delayNext(LostAnswerTest::allocates, 504);
        farm.job("j");
        farm.kubelet().running(farm.pod("j", 1));
        var before = farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        assertThat(late.arrive().code()).isEqualTo(409);
        assertThat(farm.status("j")).isEqualTo(before);
    }

    /** Its sender learns that it is written; a copy of it comes late. */
    @Test
    void anEndThatComesTwiceIsWrittenOnce() {
        farm.worker("w", 2);
        farm.withOperator();
        farm.job("j", "retry: {onFailure: 1}");
        var late = farm.faults()
                .doubleNext(r -> r.is(Verb.UPDATE, "buildjobs")
                        && !r.body().at("/status/attempts/0/endTime").isMissingNode());
        farm.kubelet().ended(farm.pod("j", 1), 1);
        farm.kubelet().running(farm.pod("j", 2));
        var before = farm.until("j", s -> s.holds(BuildJobStatus.RUNNING));
        assertThat(late.arrive().code()).isEqualTo(409);
        assertThat(farm.status("j")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 409, 422, 429, 500, 504})
    void anAllocationThatIsNotWrittenIsWrittenLater(int status) {
        farm.worker("w", 1);
        farm.cluster().failNext(LostAnswerTest::allocates, status);
        farm.withOperator().job("j");
        farm.kubelet().ended(farm.pod("j", 1), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** While it is not known whether it is written, a job that was tried before is looked at again and again. */
    @Test
    void anAllocationThatIsRefusedWhenItIsSentAgainIsDecidedAnew() {
        farm.worker("w", 1);
        farm.withOperator().job("j", "retry: {onFailure: 1}");
        var first = farm.pod("j", 1);
        farm.cluster().failNext(LostAnswerTest::allocates, 504);
        farm.cluster().failNext(LostAnswerTest::allocates, 422);
        farm.kubelet().ended(first, 1);
        farm.kubelet().ended(farm.pod("j", 2), 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(2);
    }

    /** Its own pod then takes what the quota leaves: the caches have not shown that yet. */
    @Test
    void aPodThatIsThereIsNotTakenBackThoughItsNamespaceRefusesASecondOne() {
        farm.worker("w", 1);
        farm.withOperator();
        var stale = farm.cluster()
                .faults()
                .failWhile(
                        r -> r.userAgent().equals(Harness.OPERATOR)
                                && (r.is(Verb.LIST, "pods") || r.is(Verb.WATCH, "pods")),
                        503);
        farm.cluster().dropWatches();
        farm.cluster().faults().loseNextAnswer(r -> r.is(Verb.CREATE, "pods"), 403);
        farm.job("j");
        var pod = farm.pod("j", 1);
        stale.run();
        farm.kubelet().ended(pod, 0);
        assertThat(farm.until("j", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    private static boolean allocates(ApiRequest request) {
        return request.is(Verb.UPDATE, "buildjobs")
                && request.body().at("/status/allocation").isObject();
    }

    private static boolean tells(ApiRequest request, Set<String> jobs) {
        var tells = request.is(Verb.UPDATE, "buildjobs")
                && request.body().at("/status/waiting").isObject();
        if (tells) {
            jobs.add(request.name());
        }
        return tells;
    }

    private static boolean feedsTheCache(ApiRequest request) {
        return request.userAgent().equals(Harness.OPERATOR)
                && (request.is(Verb.LIST, "buildjobs") || request.is(Verb.WATCH, "buildjobs"));
    }

    private static String selector(String stage) {
        return "requires: {workerSelector: {matchLabels: {stage: " + stage + "}}}";
    }

    private void label(String worker, String stage) {
        merge(worker, "{\"metadata\":{\"labels\":{\"name\":\"" + worker + "\",\"stage\":\"" + stage + "\"}}}");
    }

    private void annotateDrain(String why) {
        var value = why == null ? "null" : "\"" + why + "\"";
        merge("w", "{\"metadata\":{\"annotations\":{\"smartdispatcher.dev/drain\":" + value + "}}}");
    }

    private void merge(String worker, String patch) {
        farm.client().resources(BuildWorker.class).withName(worker).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }
}
