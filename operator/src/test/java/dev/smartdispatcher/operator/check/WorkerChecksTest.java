package dev.smartdispatcher.operator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.check.CheckResources;
import dev.smartdispatcher.api.check.WorkerCheckSpec;
import dev.smartdispatcher.api.check.WorkerCheckSpecBuilder;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.operator.scheduler.model.CheckStanding;
import dev.smartdispatcher.operator.scheduler.model.Room;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkerChecksTest {
    private static final long MI = 1L << 20;

    private static WorkerCheckSpecBuilder spec() {
        return WorkerCheckSpecBuilder.builder().script("true");
    }

    private static CheckDefinition check(String name, WorkerCheckSpec spec) {
        return CheckDefinition.of(name, "uid-" + name, 1, spec, List.of());
    }

    private static WorkerChecks on(
            Set<JobIsolation> offered, Map<String, CheckStanding> standings, CheckDefinition... all) {
        return WorkerChecks.of(
                WorkerChecks.selecting(List.of(all), Map.of("pool", "fast")), offered, standings, Map.of());
    }

    @Test
    void thoseThatSelectTheWorkerAndCanRunThere() {
        var checks = on(
                Set.of(JobIsolation.Container, JobIsolation.UserNamespace),
                Map.of(),
                check("kvm", spec().isolation(JobIsolation.KVM).build()),
                check("userns", spec().isolation(JobIsolation.UserNamespace).build()),
                check(
                        "slow",
                        spec().workerSelector(new LabelSelector(Map.of("pool", "slow"), null))
                                .build()),
                check("must", spec().mandatory(true).build()));
        assertThat(checks.definitions()).extracting(CheckDefinition::name).containsExactly("must", "userns");
        assertThat(checks.missing()).containsExactly("must");
        assertThat(checks.standings())
                .isEqualTo(Map.of("must", CheckStanding.Unknown, "userns", CheckStanding.Unknown));
    }

    @Test
    void atMostThirtyTwoAndTheMandatoryOnesAmongThem() {
        var all = IntStream.range(0, 40)
                .mapToObj(i -> check("c" + i, spec().mandatory(i >= 38).build()))
                .toArray(CheckDefinition[]::new);
        var checks = on(Set.of(JobIsolation.Container), Map.of(), all);
        assertThat(checks.definitions()).hasSize(32);
        assertThat(checks.missing()).containsExactly("c38", "c39");
    }

    @Test
    void theirRoomIsTheLargestOfEachAmount() {
        var compile = spec().resources(new CheckResources(new Quantity("1"), new Quantity("32Mi"), null))
                .build();
        assertThat(on(Set.of(JobIsolation.Container), Map.of(), check("a", spec().build()), check("compile", compile))
                        .room())
                .isEqualTo(new Room(1000, 64 * MI, 64 * MI, 1));
        assertThat(WorkerChecks.NONE.room()).isEqualTo(Room.NONE);
    }

    @Test
    void onlyAFailedOneWithdrawsItsIsolation() {
        var kvm = check(
                "kvm",
                spec().isolation(JobIsolation.KVM).withdrawsIsolation(true).build());
        var inGuest = check("in-guest", spec().isolation(JobIsolation.KVM).build());
        var offered = Set.of(JobIsolation.Container, JobIsolation.KVM);
        assertThat(on(offered, Map.of(), kvm).withdrawn()).isEmpty();
        assertThat(on(offered, Map.of("kvm", CheckStanding.Passed), kvm).withdrawn())
                .isEmpty();
        assertThat(on(offered, Map.of("kvm", CheckStanding.Failed), kvm).withdrawn())
                .containsExactly(JobIsolation.KVM);
        assertThat(on(offered, Map.of("in-guest", CheckStanding.Failed), inGuest)
                        .withdrawn())
                .isEmpty();
    }
}
