package dev.smartdispatcher.e2e.bench.simulate.report;

import dev.smartdispatcher.e2e.bench.simulate.engine.Farm;
import dev.smartdispatcher.e2e.bench.simulate.engine.Rule;
import dev.smartdispatcher.e2e.bench.simulate.rules.FifoRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.ObsRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.OursRule;
import dev.smartdispatcher.e2e.bench.simulate.rules.SlotsRule;
import java.util.function.Function;

/** The rules by the names that the report has for them. */
public enum RuleName {
    ours(OursRule::new),
    fifo(FifoRule::new),
    slots(SlotsRule::new),
    obs(ObsRule::instanceEachCore),
    obs2(ObsRule::twoProcesses),
    obs4(ObsRule::fourProcesses);

    private final Function<Farm, Rule> maker;

    RuleName(Function<Farm, Rule> maker) {
        this.maker = maker;
    }

    /** A new rule for a run. */
    public Rule on(Farm farm) {
        return maker.apply(farm);
    }
}
