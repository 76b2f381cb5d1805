package dev.smartdispatcher.e2e.bench.simulate.rules;

import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.e2e.bench.simulate.engine.Attempt;
import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Request;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.engine.Start;
import dev.smartdispatcher.e2e.bench.simulate.trace.Host;
import dev.smartdispatcher.operator.scheduler.cycle.Scheduler;
import dev.smartdispatcher.operator.scheduler.fairshare.Shares;
import dev.smartdispatcher.operator.scheduler.model.Claim.AttemptId;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The operator's own dispatcher, told of the simulated farm what the operator would tell it of a real one. */
public final class OursRule implements Rule {
    private final Farm farm;
    private final Scheduler scheduler;
    private final OursView view;
    private final Map<String, Request> waiting = new HashMap<>();

    /** It knows of earlier builds what the jobs say. */
    public OursRule(Farm farm) {
        this(farm, new OursView(farm), OursView::wholeHost);
    }

    /** It knows of earlier builds what their profiles say. */
    public OursRule(Farm farm, Past past) {
        this(farm, new OursView(farm, past), OursView::wholeHost);
    }

    /**
     * On hosts of which builds may use less than all.
     *
     * @param budget of each host
     */
    public OursRule(Farm farm, Function<Host, Room> budget) {
        this(farm, new OursView(farm), budget);
    }

    private OursRule(Farm farm, OursView view, Function<Host, Room> budget) {
        this.farm = farm;
        this.view = view;
        var percent = farm.penaltyPercent();
        var penalty = new ModePenalty(
                percent.get(Mode.Native),
                percent.get(Mode.Compat),
                percent.get(Mode.Cross),
                percent.get(Mode.Emulated));
        scheduler = new Scheduler(penalty, Shares.STANDARD, Instant.EPOCH);
        farm.hosts().forEach(host -> scheduler.put(OursView.worker(host, budget.apply(host))));
    }

    @Override
    public void arrived(Request request) {
        var job = view.job(request);
        waiting.put(job.key().uid(), request);
        scheduler.put(job);
    }

    @Override
    public void ended(Attempt attempt) {
        // What ended is told at the time at which it ended.
        scheduler.advance(time(attempt.end()));
        var request = attempt.start().request();
        scheduler.release(
                new AttemptId(OursView.uid(request), request.attempt()),
                attempt.start().host().name());
    }

    @Override
    public List<Start> decide(double now) {
        return scheduler.runCycle(time(now)).placements().stream()
                .map(this::start)
                .toList();
    }

    private Start start(Placement placement) {
        var request = waiting.remove(placement.job().key().uid());
        var room = placement.room();
        return new Start(
                request,
                farm.hosts().get(OursView.index(placement.worker())),
                placement.parallelism(),
                room.memory(),
                room.disk());
    }

    private static Instant time(double seconds) {
        return Instant.EPOCH.plus(Duration.ofNanos(Math.round(seconds * 1e9)));
    }
}
