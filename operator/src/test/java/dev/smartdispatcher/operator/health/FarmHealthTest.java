package dev.smartdispatcher.operator.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.worker.Quarantine;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FarmHealthTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private FarmHealth farm = new FarmHealth();
    private Instant now = NOON;
    private int jobs;
    private boolean checkFails;
    private final Map<String, String> annotations = new HashMap<>();
    private Quarantine recorded = Quarantine.NONE;

    private Standing look(String worker) {
        return farm.look(
                new FarmHealth.Subject(
                        worker,
                        "uid-" + worker,
                        NOON.minusSeconds(3600),
                        worker.equals("w") ? HealthAnnotations.of(annotations, now) : HealthAnnotations.NONE,
                        worker.equals("w") ? recorded : Quarantine.NONE,
                        since -> checkFails),
                now);
    }

    private void farmOf(int workers) {
        for (int i = 1; i < workers; i++) {
            look("x" + i);
        }
        look("w");
    }

    private void ends(String worker, Verdict verdict) {
        now = now.plusSeconds(1);
        int job = jobs++;
        farm.add(new Ending(
                "job-" + job, 1, worker, "p" + job, "image", now, Optional.of(Duration.ZERO), now, verdict, "t" + job));
    }

    private boolean quarantined(String worker) {
        look(worker);
        return farm.quarantine(worker, any -> true, now).isPresent();
    }

    private void spoil(String worker) {
        for (int i = 0; i < 3; i++) {
            ends(worker, Verdict.Failed);
        }
    }

    private Standing quarantinedWorker() {
        farmOf(4);
        spoil("w");
        assertThat(quarantined("w")).isTrue();
        return look("w");
    }

    @Test
    void suspectThenQuarantinedThenOnTrialThenOpen() {
        farmOf(4);
        assertThat(look("w")).isEqualTo(Standing.TRUSTED);
        ends("w", Verdict.Failed);
        var suspect = look("w");
        assertThat(suspect.reason()).isEqualTo(Reason.Suspect);
        assertThat(suspect.oneAtATime()).isTrue();
        assertThat(suspect.quarantine().evidence()).containsExactly("t0");
        assertThat(farm.excuses("w", now)).isTrue();
        assertThat(farm.excuses("x1", now)).isFalse();
        spoil("w");
        assertThat(farm.guilty()).isEmpty();
        assertThat(quarantined("w")).isTrue();
        var closed = look("w");
        assertThat(closed.isClosed()).isTrue();
        assertThat(Duration.between(
                        closed.quarantine().since(), closed.quarantine().until()))
                .isEqualTo(FarmHealth.FIRST);
        now = closed.quarantine().until();
        var trial = look("w");
        assertThat(trial.reason()).isEqualTo(Reason.OnTrial);
        assertThat(trial.isClosed()).isFalse();
        assertThat(trial.oneAtATime()).isTrue();
        assertThat(trial.trialSince()).contains(now);
        ends("w", Verdict.Succeeded);
        assertThat(look("w").reason()).isEqualTo(Reason.OnTrial);
        ends("w", Verdict.Succeeded);
        var open = look("w");
        assertThat(open.reason()).isEqualTo(Reason.NoSuspicion);
        assertThat(open.oneAtATime()).isFalse();
        assertThat(open.quarantine().passed()).isEqualTo(now);
        assertThat(open.quarantine().level()).isEqualTo(1);
        now = now.plus(Duration.ofHours(25));
        assertThat(look("w")).isEqualTo(Standing.TRUSTED);
    }

    @Test
    void aTrialThatFailsQuarantinesTwiceAsLong() {
        var first = quarantinedWorker().quarantine();
        now = first.until();
        ends("w", Verdict.Failed);
        var second = look("w").quarantine();
        assertThat(second.level()).isEqualTo(2);
        assertThat(Duration.between(second.since(), second.until())).isEqualTo(FarmHealth.FIRST.multipliedBy(2));
        now = second.until();
        checkFails = true;
        assertThat(look("w").quarantine().level()).isEqualTo(3);
        checkFails = false;
        for (int i = 4; i < 15; i++) {
            now = look("w").quarantine().until();
            ends("w", Verdict.Failed);
            var next = look("w").quarantine();
            assertThat(next.level()).isEqualTo(i);
            assertThat(Duration.between(next.since(), next.until())).isLessThanOrEqualTo(FarmHealth.LONGEST);
        }
    }

    @Test
    void whatTheStatusSaysGoesOnAfterARestart() {
        recorded = quarantinedWorker().quarantine();
        farm = new FarmHealth();
        assertThat(look("w").isClosed()).isTrue();
        now = recorded.until().plusSeconds(60);
        assertThat(look("w").reason()).isEqualTo(Reason.OnTrial);
        ends("w", Verdict.Succeeded);
        ends("w", Verdict.Succeeded);
        assertThat(look("w").reason()).isEqualTo(Reason.NoSuspicion);
    }

    @Test
    void anAdministratorEndsAQuarantineAndVoidsItsEvidence() {
        quarantinedWorker();
        annotations.put(Annotations.TRUSTED_SINCE, now.toString());
        assertThat(look("w")).isEqualTo(Standing.TRUSTED);
        assertThat(farm.guilty()).isEmpty();
        spoil("w");
        assertThat(quarantined("w")).isTrue();
    }

    /** The operator's clock may be behind the API server's, by which workers are made. */
    @Test
    void aQuarantineOfAWorkerThatWasMadeLaterByItsClockStands() {
        farmOf(4);
        spoil("w");
        annotations.put(Annotations.TRUSTED_SINCE, NOON.toString());
        now = NOON.minusSeconds(20);
        assertThat(quarantined("w")).isTrue();
        assertThat(look("w").isClosed()).isTrue();
    }

    @Test
    void aWorkerIsNotQuarantinedIfItNeverIsToBe() {
        annotations.put(Annotations.QUARANTINE, "never");
        farmOf(4);
        spoil("w");
        assertThat(quarantined("w")).isFalse();
        assertThat(look("w").reason()).isEqualTo(Reason.Suspect);
        assertThat(look("w").oneAtATime()).isFalse();
        assertThat(farm.excuses("w", now)).isFalse();
    }

    @Test
    void annotationsThatCannotBeUnderstoodCountForNothing() {
        annotations.put(Annotations.TRUSTED_SINCE, "yesterday");
        annotations.put(Annotations.QUARANTINE, "no");
        assertThat(HealthAnnotations.of(annotations, now).problems())
                .containsExactly(
                        "annotation smartdispatcher.dev/trusted-since: 'yesterday' is not a time such as"
                                + " 2026-12-01T22:00:00Z",
                        "annotation smartdispatcher.dev/quarantine: 'no' is not 'never'");
        annotations.put(Annotations.TRUSTED_SINCE, "2036-01-01T00:00:00Z");
        assertThat(HealthAnnotations.of(annotations, now).problems().get(0)).endsWith("is in the future");
        farmOf(4);
        spoil("w");
        assertThat(quarantined("w")).isTrue();
    }

    @Test
    void noMoreThanATenthOfTheFarmAndOneInAnyCase() {
        farmOf(30);
        for (int i = 1; i <= 5; i++) {
            // Others succeed meanwhile: it is no outage.
            for (int k = 10; k < 30; k++) {
                ends("x" + k, Verdict.Succeeded);
            }
            spoil("x" + i);
            assertThat(quarantined("x" + i)).isEqualTo(i <= 3);
        }
        assertThat(farm.count(true)).isEqualTo(3);
        assertThat(farm.count(false)).isEqualTo(2);
    }

    @Test
    void neverTheLastOneForSomebodysJobs() {
        farmOf(4);
        spoil("w");
        look("w");
        assertThat(farm.guilty()).containsExactly("w");
        assertThat(farm.quarantine("w", any -> false, now)).isEmpty();
        assertThat(look("w").reason()).isEqualTo(Reason.Suspect);
        assertThat(farm.quarantine("w", any -> true, now)).contains(Suspicion.Fault.quick);
    }

    @Test
    void notIfManyOthersAreSuspectToo() {
        farmOf(4);
        spoil("w");
        ends("x1", Verdict.Failed);
        ends("x2", Verdict.Failed);
        look("x1");
        look("x2");
        assertThat(quarantined("w")).isFalse();
    }

    @Test
    void anotherMachineOfTheNameBeginsAnew() {
        recorded = quarantinedWorker().quarantine();
        var made = now.plusSeconds(60);
        now = made.plusSeconds(1);
        var standing = farm.look(
                new FarmHealth.Subject("w", "another", made, HealthAnnotations.NONE, recorded, since -> false), now);
        assertThat(standing).isEqualTo(Standing.TRUSTED);
    }
}
