package dev.smartdispatcher.e2e.bench.advise.choice;

import dev.smartdispatcher.agent.advisor.Advisor;
import dev.smartdispatcher.agent.advisor.Answers;
import dev.smartdispatcher.agent.advisor.Host;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.e2e.bench.advise.host.Limits;
import dev.smartdispatcher.e2e.bench.advise.host.Mix;
import dev.smartdispatcher.e2e.bench.advise.host.TestHost;
import dev.smartdispatcher.e2e.bench.simulate.trace.Memory;
import dev.smartdispatcher.operator.scheduler.model.Room;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The advisor's numbers, by what its probes tell it of a host and by the answers that a mix deserves. */
public final class Advised {
    private Advised() {}

    /** For a host that is built for one mix. */
    public static Limits of(TestHost host, Mix mix) {
        var advice = Advisor.advise(
                facts(host), new Answers(mix.jobs(), mix.foreign(), false, Optional.empty(), OptionalLong.empty(), 0));
        var limits = advice.limits();
        var size = advice.job();
        return new Limits(
                new Room(
                        Quantities.millis(limits.cpu()),
                        Quantities.bytes(limits.memory()),
                        Quantities.bytes(limits.disk()),
                        limits.jobs()),
                new Memory(size.base(), size.perProcess()),
                size.disk(),
                advice.makeJobs().orElseThrow());
    }

    private static Host facts(TestHost host) {
        return new Host(
                OptionalInt.of(host.threads()),
                OptionalInt.of(host.cores()),
                host.numaNodes(),
                OptionalLong.of(host.memoryBytes()),
                OptionalLong.of(host.diskBytes()),
                OptionalInt.of(host.mibPerSecond()),
                host.spinning(),
                0,
                0);
    }
}
