package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.operator.dispatch.core.Dispatcher;
import dev.smartdispatcher.operator.dispatch.fleet.Claim.AttemptId;
import dev.smartdispatcher.operator.dispatch.pass.Placement;
import dev.smartdispatcher.operator.dispatch.share.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The operator's own dispatcher, told of the simulated farm what the operator would tell it of a real one. */
public final class OursRule implements Rule {
    private final Farm farm;
    private final Dispatcher dispatcher;
    private final OursView view;
    private final Map<String, Request> waiting = new HashMap<>();

    public OursRule(Farm farm) {
        this.farm = farm;
        view = new OursView(farm);
        var percent = farm.penaltyPercent();
        var penalty = new ModePenalty(
                percent.get(Mode.Native),
                percent.get(Mode.Compat),
                percent.get(Mode.Cross),
                percent.get(Mode.Emulated));
        dispatcher = new Dispatcher(penalty, Shares.STANDARD, Instant.EPOCH);
        farm.hosts().forEach(host -> dispatcher.put(OursView.worker(host)));
    }

    @Override
    public void arrived(Request request) {
        var job = view.job(request);
        waiting.put(job.key().uid(), request);
        dispatcher.put(job);
    }

    @Override
    public void ended(Attempt attempt) {
        // What ended is told at the time at which it ended.
        dispatcher.advance(time(attempt.end()));
        var request = attempt.start().request();
        dispatcher.release(
                new AttemptId(OursView.uid(request), request.attempt()),
                attempt.start().host().name());
    }

    @Override
    public List<Start> decide(double now) {
        return dispatcher.pass(time(now)).placements().stream().map(this::start).toList();
    }

    private Start start(Placement placement) {
        var request = waiting.remove(placement.job().key().uid());
        var room = placement.room();
        return new Start(
                request,
                farm.hosts().get(OursView.index(placement.worker())),
                placement.processes(),
                room.memory(),
                room.disk());
    }

    private static Instant time(double seconds) {
        return Instant.EPOCH.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
    }
}
