package dev.smartdispatcher.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.policy.InstallerContext;
import dev.smartdispatcher.api.policy.InstallerRule;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallerContextsTest {
    private static final LabelSelector ALL = new LabelSelector(null, null);
    private static final LabelSelector TRUSTED = new LabelSelector(Map.of("trust", "high"), null);
    private static final Map<String, String> ANY = Map.of();

    private final InstallerContexts contexts = new InstallerContexts(List.of(
            new InstallerRule(Installer.Deb, InstallerContext.Baseline, ALL),
            new InstallerRule(Installer.Deb, InstallerContext.UserNamespace, TRUSTED),
            new InstallerRule(Installer.Rpm, InstallerContext.HostRoot, ALL),
            new InstallerRule(Installer.ObsBuild, InstallerContext.UserNamespace, TRUSTED),
            new InstallerRule(Installer.ObsBuild, InstallerContext.HostRoot, TRUSTED)));

    @ParameterizedTest
    @CsvSource({
        "Deb, Image, '', '', Baseline",
        "Deb, Image, high, '', UserNamespace Baseline",
        "Deb, Image, high, restricted, ''",
        "Deb, Directory, '', '', Baseline Restricted",
        "Deb, Directory, high, '', UserNamespace Baseline Restricted",
        "Deb, Directory, high, baseline, UserNamespace Baseline Restricted",
        "Deb, Directory, high, restricted, Restricted",
        // Root that may mount may also do without.
        "Rpm, Image, '', '', Baseline",
        "Rpm, Image, '', baseline, Baseline",
        "Rpm, Directory, '', privileged, HostRoot Baseline Restricted",
        "ObsBuild, Directory, '', '', ''",
        "ObsBuild, Directory, high, '', UserNamespace HostRoot",
        "ObsBuild, Directory, high, baseline, UserNamespace",
        "ObsBuild, Directory, high, restricted, ''",
    })
    void whatWorksAndIsAllowed(Installer installer, String root, String trust, String level, String expected) {
        assertThat(contexts.usable(environment(installer, root), labels(trust, level)))
                .extracting(Enum::name)
                .containsExactly(expected.isEmpty() ? new String[0] : expected.split(" "));
    }

    @Test
    void withoutAUserNamespaceTheNextOneIsChosen() {
        var directory = environment(Installer.Deb, "Directory");
        var trusted = labels("high", "");
        assertThat(contexts.choose(directory, trusted, true, Mode.Native)).contains(InstallerContext.UserNamespace);
        assertThat(contexts.choose(directory, trusted, false, Mode.Native)).contains(InstallerContext.Baseline);
        assertThat(contexts.choose(
                        environment(Installer.ObsBuild, "Directory"), labels("high", "baseline"), false, Mode.Native))
                .isEmpty();
    }

    @Test
    void aRefusalSaysWhatIsNeededAndWhoDoesNotAllowIt() {
        var obs = environment(Installer.ObsBuild, "Directory");
        assertThat(contexts.refusal(obs, "a", ANY, Set.of()))
                .contains("installer ObsBuild with root Directory needs context UserNamespace or HostRoot, which the"
                        + " policy's spec.installers does not allow the namespace 'a'");
        assertThat(contexts.refusal(obs, "a", labels("high", "restricted"), Set.of()))
                .contains("installer ObsBuild with root Directory needs context UserNamespace or HostRoot, which Pod"
                        + " Security's level restricted does not admit in the namespace 'a'");
        assertThat(contexts.refusal(obs, "a", labels("high", "baseline"), Set.of()))
                .isEmpty();
    }

    @Test
    void anImageOfTheJobsOwnIsNeverTheNodesRoot() {
        var own = new InstallerContexts(
                List.of(
                        new InstallerRule(Installer.Deb, InstallerContext.Baseline, ALL),
                        new InstallerRule(Installer.Rpm, InstallerContext.HostRoot, ALL),
                        new InstallerRule(Installer.Rpm, InstallerContext.UserNamespace, TRUSTED)),
                true);
        assertThat(own.usable(environment(Installer.Rpm, "Directory"), ANY))
                .containsExactly(InstallerContext.Restricted);
        assertThat(own.usable(environment(Installer.Rpm, "Directory"), labels("high", "")))
                .containsExactly(InstallerContext.UserNamespace, InstallerContext.Restricted);
        assertThat(own.refusal(environment(Installer.Deb, "Image"), "a", ANY, Set.of()))
                .contains("installer Deb with root Image and the job's own image needs context UserNamespace, which the"
                        + " policy's spec.installers does not allow the namespace 'a'");
    }

    @Test
    void withoutAnInstallerNothingIsRefused() {
        var lists = new BuildEnvironmentSpec("image", null, null, null);
        assertThat(new InstallerContexts(List.of()).refusal(lists, "a", labels("", "restricted"), Set.of()))
                .isEmpty();
    }

    @Test
    void aRootOfItsOwnNeedsNoRule() {
        assertThat(new InstallerContexts(List.of()).usable(environment(Installer.Rpm, "Directory"), ANY))
                .containsExactly(InstallerContext.Restricted);
    }

    @Test
    void aRootThatIsPlayedNeedsProgramsThatRunByThemselves() {
        var none = new InstallerContexts(List.of());
        var directory = environment(Installer.Deb, "Directory");
        assertThat(none.demand(directory, ANY).within(Set.of())).containsExactlyInAnyOrder(Mode.Native, Mode.Compat);
        assertThat(none.demand(directory, ANY).within(Set.of(Mode.Native, Mode.Emulated)))
                .containsExactly(Mode.Native);
        assertThat(none.refusal(directory, "a", ANY, Set.of(Mode.Native, Mode.Emulated)))
                .isEmpty();
        assertThat(none.refusal(directory, "a", ANY, Set.of(Mode.Emulated)))
                .contains(
                        "installer Deb works in context Restricted, which is what the namespace 'a' may have, in modes"
                                + " Native and Compat only, and requires.modes allows Emulated");
        assertThat(contexts.demand(directory, ANY).within(Set.of(Mode.Emulated)))
                .containsExactly(Mode.Emulated);
    }

    @Test
    void whereNothingElseIsLeftTheWorkerHasToGiveAUserNamespace() {
        var obs = environment(Installer.ObsBuild, "Directory");
        assertThat(contexts.demand(obs, labels("high", "baseline")).userNamespace())
                .isTrue();
        assertThat(contexts.demand(obs, labels("high", "")).userNamespace()).isFalse();
        assertThat(contexts.demand(new BuildEnvironmentSpec("image", null, null, null), ANY))
                .isEqualTo(InstallerDemand.NOTHING);
    }

    /** Otherwise no scriptlet of an emulated root would run, and nothing would say so. */
    @Test
    void aRootIsNeverPlayedForAModeInWhichThatDoesNotWork() {
        var namespaced =
                new InstallerContexts(List.of(new InstallerRule(Installer.Rpm, InstallerContext.UserNamespace, ALL)));
        var directory = environment(Installer.Rpm, "Directory");
        assertThat(namespaced.choose(directory, ANY, true, Mode.Emulated)).contains(InstallerContext.UserNamespace);
        assertThat(namespaced.choose(directory, ANY, false, Mode.Compat)).contains(InstallerContext.Restricted);
        assertThat(namespaced.choose(directory, ANY, false, Mode.Emulated)).isEmpty();
        assertThat(namespaced.demand(directory, ANY))
                .isEqualTo(new InstallerDemand(false, Set.of(), Set.of(Mode.Cross, Mode.Emulated)));
        assertThat(contexts.demand(directory, ANY).namespacedModes()).isEmpty();
    }

    private static Map<String, String> labels(String trust, String level) {
        var labels = new HashMap<String, String>();
        if (!trust.isEmpty()) {
            labels.put("trust", trust);
        }
        if (!level.isEmpty()) {
            labels.put(InstallerContexts.ENFORCED_LEVEL, level);
        }
        return labels;
    }

    private static BuildEnvironmentSpec environment(Installer installer, String root) {
        return Serialization.unmarshal("""
            image: local.test/build:1
            installer: %s
            root: %s
            repository: {persistentVolumeClaim: {claimName: packages}}
            """.formatted(installer, root), BuildEnvironmentSpec.class);
    }
}
