package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.api.policy.ProfileUse;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.operator.attempt.retry.GrowthLimit;
import dev.smartdispatcher.operator.profile.LearnedEnvelope;
import dev.smartdispatcher.operator.profile.LearnedWorkEstimate;
import dev.smartdispatcher.operator.scheduler.job.PendingJob;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import dev.smartdispatcher.operator.scheduler.sizing.Envelope;
import java.util.List;

/** Changes what jobs request by the profiles of their packages, as the operator does. */
final class ProfiledJobs {
    private final Farm farm;
    private final Past past;

    ProfiledJobs(Farm farm, Past past) {
        this.farm = farm;
        this.past = past;
    }

    PendingJob learned(Request request, PendingJob job) {
        var profile = past.byJob().get(request.index());
        if (profile == null) {
            return job;
        }
        var profiles = List.of(profile);
        // What a job requests after a kill is never lowered.
        var use = request.attempt() == 1 ? past.use() : ProfileUse.RaiseOnly;
        boolean guessed = request.memory().isEmpty();
        var learned = LearnedEnvelope.of(job.envelope(), guessed, true, use, profiles, () -> true);
        return job.with()
                .envelope(limited(job.envelope(), learned.envelope(), request))
                .guessed(guessed && !learned.replaces())
                .known(LearnedWorkEstimate.of(profiles))
                .build();
    }

    private Envelope limited(Envelope declared, Envelope learned, Request request) {
        return learned.smallest().memory() <= declared.smallest().memory()
                ? learned
                : GrowthLimit.within(declared, learned, matching(request));
    }

    private List<Worker> matching(Request request) {
        return farm.hosts().stream()
                .filter(host -> host.mode(request.target())
                        .filter(mode -> mode != Mode.Emulated)
                        .isPresent())
                .map(host -> OursView.worker(host, OursView.wholeHost(host)))
                .toList();
    }
}
