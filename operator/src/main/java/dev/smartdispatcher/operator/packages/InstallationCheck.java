package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.environment.PackageRepository;
import dev.smartdispatcher.api.environment.PodSettings;
import dev.smartdispatcher.api.environment.Resolve;
import dev.smartdispatcher.operator.policy.LabelNames;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with an environment's installer and the fields of its pods, in the words of the schema's rules. */
final class InstallationCheck {
    private final List<String> problems = new ArrayList<>();

    private InstallationCheck() {}

    static List<String> problems(BuildEnvironmentSpec spec) {
        var check = new InstallationCheck();
        check.installer(spec);
        check.pod(spec.pod());
        return check.problems;
    }

    private void installer(BuildEnvironmentSpec spec) {
        var none = spec.installer() == Installer.None;
        var repository = spec.repository();
        add(!none && repository == null, "spec.repository: " + BuildEnvironmentSpec.NO_REPOSITORY);
        add(none && repository != null, "spec.repository: " + BuildEnvironmentSpec.UNUSED_REPOSITORY);
        add(none && spec.root() != BuildRoot.Image, "spec.root: " + BuildEnvironmentSpec.UNUSED_ROOT);
        add(none && spec.resolve() != Resolve.None, "spec.resolve: " + BuildEnvironmentSpec.UNUSED_RESOLVE);
        add(
                spec.installer() == Installer.ObsBuild && spec.root() != BuildRoot.Directory,
                "spec.root: " + BuildEnvironmentSpec.OBS_ROOT);
        add(
                repository != null && repository.persistentVolumeClaim() == null && repository.image() == null,
                "spec.repository: " + PackageRepository.A_SOURCE);
    }

    /** What the schema cannot say of keys and values. */
    private void pod(PodSettings pod) {
        pod.labels().forEach((key, value) -> {
            LabelNames.problemOfKey(key).ifPresent(problem -> problems.add("spec.pod.labels: " + problem));
            LabelNames.problemOfValue(value).ifPresent(problem -> problems.add("spec.pod.labels: " + problem));
        });
        pod.annotations().keySet().forEach(key -> LabelNames.problemOfKey(key)
                .ifPresent(problem -> problems.add("spec.pod.annotations: " + problem)));
    }

    private void add(boolean wrong, String problem) {
        if (wrong) {
            problems.add(problem);
        }
    }
}
