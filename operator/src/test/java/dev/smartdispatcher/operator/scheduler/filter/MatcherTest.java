package dev.smartdispatcher.operator.scheduler.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.FactMatch;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.api.policy.ModePenalty;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MatcherTest {
    private Worker server = new Worker(
            "server",
            Architecture.x86_64,
            Map.of(
                    Architecture.x86_64, Mode.Native,
                    Architecture.i586, Mode.Compat,
                    Architecture.armv7l, Mode.Emulated),
            Set.of(JobIsolation.Container, JobIsolation.UserNamespace),
            false,
            Set.of("sse4_2", "avx2"),
            new Worker.Kernel("6.1.0-18", "amd64"),
            Map.of("hypervisor", "kvm", "local.rack", "a", "local.scratch", "64Gi"),
            OptionalInt.of(112),
            1 << 16,
            Map.of("pool", "fast"),
            Room.NONE,
            1,
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of());

    private Match match(Requirements requirements) {
        return new Matcher(ModePenalty.STANDARD).match(requirements, server);
    }

    private static Requirements require(
            Architecture target,
            Set<Architecture> hosts,
            Set<Mode> modes,
            Set<Architecture> cross,
            List<String> present,
            List<String> absent,
            KernelRange kernel,
            LabelSelector selector) {
        return new Requirements(
                target,
                hosts,
                modes,
                cross,
                present,
                absent,
                Optional.ofNullable(kernel),
                Optional.ofNullable(selector),
                JobIsolation.Container,
                Set.of(),
                false,
                Set.of(),
                List.of(),
                0,
                0,
                Set.of(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void nativeCompatAndEmulatedComeFromTheWorker() {
        assertThat(match(Requirements.of(Architecture.x86_64)).mode()).contains(Mode.Native);
        assertThat(match(Requirements.of(Architecture.i586)).mode()).contains(Mode.Compat);
        assertThat(match(Requirements.of(Architecture.armv7l)).mode()).contains(Mode.Emulated);
        assertThat(match(Requirements.of(Architecture.s390x)).rejection()).contains(Reason.WrongArchitecture);
    }

    @Test
    void crossBeatsEmulatedByItsPenalty() {
        var cross = require(
                Architecture.armv7l, Set.of(), Set.of(), Set.of(Architecture.x86_64), List.of(), List.of(), null, null);
        assertThat(match(cross).mode()).contains(Mode.Cross);
    }

    @Test
    void onlyAllowedModesCount() {
        var emulatedOnly = require(
                Architecture.armv7l,
                Set.of(),
                Set.of(Mode.Emulated),
                Set.of(Architecture.x86_64),
                List.of(),
                List.of(),
                null,
                null);
        assertThat(match(emulatedOnly).mode()).contains(Mode.Emulated);
        var nativeOnly =
                require(Architecture.armv7l, Set.of(), Set.of(Mode.Native), Set.of(), List.of(), List.of(), null, null);
        assertThat(match(nativeOnly).rejection()).contains(Reason.WrongMode);
    }

    /** Root that is played by fakeroot does not reach programs that an emulator runs. */
    @Test
    void someModesNeedAUserNamespace() {
        var modes = Set.of(Mode.Emulated, Mode.Cross);
        var arm = Requirements.of(Architecture.armv7l).withNamespacedModes(modes);
        assertThat(match(arm).rejection()).contains(Reason.WrongMode);
        assertThat(Rule.MODE.unmetNeed(arm, server))
                .contains(new UnmetNeed(
                        "Compat or Native without a user namespace to install packages in", "builds it Emulated"));
        assertThat(Rule.MODE.unmetNeed(arm.withModes(modes), server))
                .contains(new UnmetNeed("a user namespace to install packages in", "builds it Emulated"));
        var own = Requirements.of(Architecture.x86_64).withNamespacedModes(modes);
        assertThat(match(own).mode()).contains(Mode.Native);
        server = server.withUserNamespaces(true);
        assertThat(match(arm).mode()).contains(Mode.Emulated);
    }

    @Test
    void hostArchitecture() {
        var elsewhere = require(
                Architecture.i586, Set.of(Architecture.i586), Set.of(), Set.of(), List.of(), List.of(), null, null);
        assertThat(match(elsewhere).rejection()).contains(Reason.WrongHostArchitecture);
    }

    @Test
    void allFlagsPresentAndNoneOfTheAbsentOnes() {
        assertThat(flags(List.of("sse4_2", "avx2"), List.of()).rejection()).isEmpty();
        assertThat(flags(List.of("sse4_2", "avx512f"), List.of()).rejection()).contains(Reason.WrongCpuFlags);
        assertThat(flags(List.of(), List.of("avx2")).rejection()).contains(Reason.WrongCpuFlags);
    }

    private Match flags(List<String> present, List<String> absent) {
        return match(require(Architecture.x86_64, Set.of(), Set.of(), Set.of(), present, absent, null, null));
    }

    @Test
    void kernelVersionsCompareAsRpmVersionsBothEndsIncluded() {
        assertThat(kernel("6.1.0-18", "", "").rejection()).isEmpty();
        assertThat(kernel("6.1.0-19", "", "").rejection()).contains(Reason.WrongKernel);
        assertThat(kernel("", "6.1.0-18", "").rejection()).isEmpty();
        assertThat(kernel("", "5.10", "").rejection()).contains(Reason.WrongKernel);
        assertThat(kernel("5.10", "", "amd64").rejection()).isEmpty();
        assertThat(kernel("", "", "rt").rejection()).contains(Reason.WrongKernel);
    }

    private Match kernel(String min, String max, String flavor) {
        var range = new KernelRange(min, max, flavor);
        return match(require(Architecture.x86_64, Set.of(), Set.of(), Set.of(), List.of(), List.of(), range, null));
    }

    @Test
    void isolationIsWhatTheWorkerGives() {
        var any = Requirements.of(Architecture.x86_64);
        assertThat(match(any.withIsolation(JobIsolation.UserNamespace)).rejection())
                .isEmpty();
        assertThat(match(any.withIsolation(JobIsolation.KVM)).rejection()).contains(Reason.WrongIsolation);
    }

    @Test
    void aWorkerThatOffersAnExcludedIsolationDoesNotMatch() {
        var any = Requirements.of(Architecture.x86_64);
        assertThat(match(any.withNotIsolation(Set.of(JobIsolation.KVM, JobIsolation.Chroot)))
                        .rejection())
                .isEmpty();
        assertThat(match(any.withNotIsolation(Set.of(JobIsolation.KVM, JobIsolation.UserNamespace)))
                        .rejection())
                .contains(Reason.ExcludedIsolation);
    }

    @Test
    void factsAreEqualOneOfSomeOrAtLeast() {
        assertThat(facts("hypervisor", new FactMatch("kvm", null, null)).rejection())
                .isEmpty();
        assertThat(facts("hypervisor", new FactMatch("none", null, null)).rejection())
                .contains(Reason.WrongFacts);
        assertThat(facts("local.rack", new FactMatch(null, List.of("b", "a"), null))
                        .rejection())
                .isEmpty();
        assertThat(facts("local.rack", new FactMatch(null, List.of("b", "c"), null))
                        .rejection())
                .contains(Reason.WrongFacts);
        assertThat(facts("local.scratch", new FactMatch(null, null, new Quantity("60G")))
                        .rejection())
                .isEmpty();
        assertThat(facts("local.scratch", new FactMatch(null, null, new Quantity("65Gi")))
                        .rejection())
                .contains(Reason.WrongFacts);
    }

    @Test
    void aFactThatIsNotThereOrIsNoAmountSatisfiesNothing() {
        assertThat(facts("local.none", new FactMatch("", null, null)).rejection())
                .contains(Reason.WrongFacts);
        assertThat(facts("local.none", new FactMatch(null, null, new Quantity("0")))
                        .rejection())
                .contains(Reason.WrongFacts);
        assertThat(facts("local.rack", new FactMatch(null, null, new Quantity("0")))
                        .rejection())
                .contains(Reason.WrongFacts);
    }

    private Match facts(String name, FactMatch match) {
        var demands = FactDemand.of(Map.of(name, match));
        return match(Requirements.of(Architecture.x86_64).withFacts(demands));
    }

    @Test
    void speedIsTheMeasuredOneAndAnUnknownOneSatisfiesNoDemand() {
        assertThat(speed(112).rejection()).isEmpty();
        assertThat(speed(113).rejection()).contains(Reason.TooSlow);
        server = unmeasured(server);
        assertThat(server.speed()).isEqualTo(100);
        assertThat(speed(1).rejection()).contains(Reason.TooSlow);
        assertThat(speed(0).rejection()).isEmpty();
    }

    private Match speed(int least) {
        return match(Requirements.of(Architecture.x86_64).withMinSpeed(least));
    }

    private static Worker unmeasured(Worker w) {
        return w.withMeasuredSpeed(OptionalInt.empty());
    }

    @Test
    void inodesFollowFromTheDisk() {
        assertThat(disk(4L << 30).rejection()).isEmpty();
        assertThat(disk(8L << 30).rejection()).contains(Reason.TooFewInodes);
        assertThat(Inodes.needed(0)).isZero();
        assertThat(Inodes.counted(31_000_000)).isEqualTo(1 << 24);
    }

    private Match disk(long bytes) {
        return match(Requirements.of(Architecture.x86_64).withInodes(Inodes.needed(bytes)));
    }

    @Test
    void labels() {
        assertThat(labels(new LabelSelector(Map.of("pool", "fast"), null)).rejection())
                .isEmpty();
        assertThat(labels(new LabelSelector(Map.of("pool", "slow"), null)).rejection())
                .contains(Reason.SelectorMismatch);
        var notFast = new LabelSelector.Term("pool", LabelSelector.Operator.NotIn, List.of("fast"));
        assertThat(labels(new LabelSelector(null, List.of(notFast))).rejection())
                .contains(Reason.SelectorMismatch);
    }

    private Match labels(LabelSelector selector) {
        return match(require(Architecture.x86_64, Set.of(), Set.of(), Set.of(), List.of(), List.of(), null, selector));
    }
}
