package dev.smartdispatcher.e2e.operator.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.embedded.ClusterOptions;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A job that is deleted and made anew under its name while nobody looks: the one that is gone is forgotten. */
class RecreatedJobTest {
    private static final int REMEMBERED = 100;
    private static final String FITS_NOWHERE = "requires: {hostArch: [s390x]}";

    private final Harness farm = new Harness(ClusterOptions.DEFAULT.withRememberedEvents(REMEMBERED));

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void aJobThatWaitedWaitsNoLonger() {
        farm.worker("w", 1);
        farm.withOperator().job("runs");
        var runs = farm.pod("runs", 1);
        farm.job("j", "priority: 10");
        farm.until("j", s -> s.waiting() != null);
        madeAnewBetweenTwoLists("j");
        farm.job("next");
        farm.until("next", s -> s.waiting() != null);
        farm.kubelet().ended(runs, 0);
        farm.kubelet().ended(farm.pod("next", 1), 0);
        assertThat(farm.until("next", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    @Test
    void aJobThatHadRoomGivesItBack() {
        farm.worker("w", 1);
        var podless = farm.cluster().faults().failWhile(r -> r.is(Verb.CREATE, "pods"), 500);
        farm.withOperator().job("j");
        farm.until("j", s -> s.allocation() != null);
        madeAnewBetweenTwoLists("j");
        podless.run();
        farm.job("next");
        farm.kubelet().ended(farm.pod("next", 1), 0);
        assertThat(farm.until("next", BuildJobStatus::finished).attempts()).hasSize(1);
    }

    /** The watch tells of both at the same moment, and of so many that they are not looked at one by one. */
    @Test
    void jobsThatCannotBeAreRefusedThoughThoseBeforeThemHaveJustGone() {
        var names = IntStream.range(0, 30).mapToObj(i -> "j" + i).toList();
        farm.withOperator();
        names.forEach(name -> farm.job(name, FITS_NOWHERE));
        names.forEach(name -> farm.until(name, s -> s.waiting() != null));
        madeAnewUnseen(names, "parallelism: {min: 4, max: 2}", () -> {});
        names.forEach(
                name -> assertThat(farm.until(name, BuildJobStatus::finished).holds(BuildJobStatus.FAILED))
                        .isTrue());
    }

    /** The watch is away for longer than the API server remembers: what happened meanwhile has to be found out by a list. */
    private void madeAnewBetweenTwoLists(String name) {
        madeAnewUnseen(List.of(name), FITS_NOWHERE, () -> farm.outlastEvents(REMEMBERED));
        farm.until(name, s -> s.waiting() != null && s.waiting().reason() != Reason.NoRoom);
    }

    private void madeAnewUnseen(List<String> names, String spec, Runnable meanwhile) {
        var unseen = farm.cluster().faults().failWhile(RecreatedJobTest::feedsTheCache, 503);
        farm.cluster().dropWatches();
        for (var name : names) {
            var job = farm.client()
                    .resources(BuildJob.class)
                    .inNamespace("default")
                    .withName(name);
            job.delete();
            await().until(() -> job.get() == null);
            farm.job(name, spec);
        }
        meanwhile.run();
        unseen.run();
    }

    private static boolean feedsTheCache(ApiRequest request) {
        return request.userAgent().equals(Harness.OPERATOR)
                && (request.is(Verb.LIST, "buildjobs") || request.is(Verb.WATCH, "buildjobs"));
    }
}
