package dev.smartdispatcher.operator.scheduler.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.LabelSelector.Operator;
import dev.smartdispatcher.api.LabelSelector.Term;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.demand.FactMatch;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Room;
import dev.smartdispatcher.operator.scheduler.model.Worker;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words for each rule of matching. */
class RuleTest {
    private static final Requirements DEMANDING = new Requirements(
            Architecture.armv7l,
            Set.of(Architecture.armv7l, Architecture.aarch64),
            Set.of(Mode.Native),
            Set.of(Architecture.x86_64),
            List.of("avx512f", "sse4_2"),
            List.of("avx2"),
            Optional.of(new KernelRange("6.1", "6.6", "rt")),
            Optional.of(new LabelSelector(
                    Map.of("pool", "fast"),
                    List.of(
                            new Term("gpu", Operator.DoesNotExist, null),
                            new Term("zone", Operator.In, List.of("a", "b"))))),
            JobIsolation.KVM,
            Set.of(JobIsolation.UserNamespace, JobIsolation.Chroot),
            false,
            Set.of(),
            FactDemand.of(Map.of(
                    "local.rack", new FactMatch(null, List.of("a", "b"), null),
                    "local.scratch", new FactMatch(null, null, new Quantity("2Ki")),
                    "hypervisor", new FactMatch("none", null, null))),
            120,
            65_536,
            Set.of("loop", "kvm", "disk"),
            Map.of(),
            Optional.empty());

    private static final Worker ABLE = new Worker(
            "w",
            Architecture.x86_64,
            Map.of(Architecture.x86_64, Mode.Native, Architecture.armv7l, Mode.Emulated),
            Set.of(JobIsolation.Container, JobIsolation.UserNamespace),
            false,
            Set.of("avx2", "sse4_2"),
            new Worker.Kernel("5.10.0-28", "amd64"),
            Map.of("local.rack", "c", "hypervisor", "none"),
            OptionalInt.of(80),
            32_768,
            Map.of("pool", "slow", "gpu", "", "zone", "b"),
            Room.NONE,
            1,
            Optional.empty(),
            Optional.empty(),
            0,
            Map.of("disk", CheckStanding.Passed, "kvm", CheckStanding.Failed));

    @ParameterizedTest(name = "{0}: needs {1}; w {2}")
    @CsvSource(
            delimiter = ';',
            value = {
                "WrongHostArchitecture ; host aarch64 or armv7l ; is x86_64",
                "WrongMode ; Native ; builds it Cross and Emulated",
                "WrongCpuFlags ; avx512f, sse4_2, no avx2 ; has no avx512f, avx2",
                "WrongKernel ; a kernel not older than 6.1, not newer than 6.6, of flavour rt ; has 5.10.0-28 amd64",
                "WrongIsolation ; KVM ; has Container, UserNamespace",
                "ExcludedIsolation ; none that offers Chroot or UserNamespace ; has Container, UserNamespace",
                "WrongFacts ; hypervisor=none and local.rack=a|b and local.scratch at least 2048 ;"
                        + " has local.rack=c and no local.scratch",
                "CheckNotPassed ; check disk, kvm, loop ; failed kvm, does not run loop",
                "TooSlow ; speed 120 ; has 80",
                "SelectorMismatch ; pool=fast and no label gpu and zone=a|b ; has pool=slow and gpu=",
                "TooFewInodes ; 65536 free inodes for its disk ; has about 32768"
            })
    void wordsOf(Reason reason, String needed, String there) {
        assertThat(Rule.of(reason).orElseThrow().unmetNeed(DEMANDING, ABLE)).contains(new UnmetNeed(needed, there));
    }

    @Test
    void aUserNamespaceToInstallIn() {
        var requirements = DEMANDING
                .with()
                .isolation(JobIsolation.Container)
                .userNamespace(true)
                .build();
        assertThat(Rule.ISOLATION.holds(requirements, ABLE)).isFalse();
        assertThat(Rule.ISOLATION.holds(requirements, ABLE.withUserNamespaces(true)))
                .isTrue();
        assertThat(Rule.ISOLATION.unmetNeed(requirements, ABLE))
                .contains(new UnmetNeed("a user namespace to install packages in", "has none"));
        assertThat(Rule.ISOLATION.unmetNeed(requirements.withIsolation(JobIsolation.KVM), ABLE))
                .contains(new UnmetNeed(
                        "KVM and a user namespace to install packages in", "has Container, UserNamespace"));
    }
}
