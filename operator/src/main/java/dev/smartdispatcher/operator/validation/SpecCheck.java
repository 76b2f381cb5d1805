package dev.smartdispatcher.operator.validation;

import dev.smartdispatcher.api.CountedNames;
import dev.smartdispatcher.api.EnvSource;
import dev.smartdispatcher.api.LabelSelector;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.api.job.JobCache;
import dev.smartdispatcher.api.job.JobVolume;
import dev.smartdispatcher.api.job.JobVolumeMount;
import dev.smartdispatcher.api.job.Retry;
import dev.smartdispatcher.api.job.demand.BuildResources;
import dev.smartdispatcher.api.job.demand.CpuFlags;
import dev.smartdispatcher.api.job.demand.DiskRequest;
import dev.smartdispatcher.api.job.demand.JobIsolation;
import dev.smartdispatcher.api.job.demand.KernelRange;
import dev.smartdispatcher.api.job.demand.MemoryEnvelope;
import dev.smartdispatcher.api.job.demand.Parallelism;
import dev.smartdispatcher.api.job.demand.Requires;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.operator.scheduler.filter.RpmVersion;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of the BuildJob schema that an API server checks by CEL, for one that does not: the same rules in the same
 * words. A real API server refuses the object; here the job fails with {@code InvalidSpec}.
 */
public final class SpecCheck {
    private static final Pattern TAKEN = Pattern.compile(JobVolumeMount.TAKEN);

    private static final List<SpecRule> RULES = List.of(
            new SpecRule("spec.targetArch", spec -> Architecture.complaint(spec.targetArch()), spec -> Architecture.of(
                            spec.targetArch())
                    .isPresent()),
            new SpecRule("spec", BuildJobSpec.SIZE, spec -> SpecSize.ofBuild(spec) <= BuildJobSpec.MOST_BYTES),
            new SpecRule(
                    "spec.requires",
                    Requires.SIZE,
                    spec -> SpecSize.of(spec.requiresOrNothing()) <= Requires.MOST_TEXT),
            new SpecRule("spec.parallelism.max", Parallelism.ORDERED, spec -> {
                var range = spec.parallelismOrDefault();
                return range.most() >= range.least();
            }),
            new SpecRule("spec.resources.cpuPerProcess", BuildResources.POSITIVE_CPU, spec -> resource(
                            spec, BuildResources::cpuPerProcess)
                    .map(q -> Quantities.millis(q) > 0)
                    .orElse(true)),
            new SpecRule("spec.resources.counted", CountedNames.RULE, spec -> CountedNames.areValid(spec.counted())),
            new SpecRule(
                    "spec.resources.memory", MemoryEnvelope.POSITIVE, spec -> resource(spec, BuildResources::memory)
                            .map(m -> (m.base() == null || sign(m.base()) > 0)
                                    && (m.perProcess() == null || sign(m.perProcess()) >= 0))
                            .orElse(true)),
            new SpecRule("spec.resources.disk", DiskRequest.POSITIVE, spec -> resource(spec, BuildResources::disk)
                    .map(d -> d.size() == null || sign(d.size()) > 0)
                    .orElse(true)),
            new SpecRule(
                    "spec.requires.hostArch", Requires.HOST_ARCH, spec -> spec.requiresOrNothing().hostArch().stream()
                            .allMatch(a -> Architecture.of(a).isPresent())),
            new SpecRule("spec.requires.cpuFlags", CpuFlags.DISJOINT, spec -> Optional.ofNullable(
                            spec.requiresOrNothing().cpuFlags())
                    .filter(f -> f.all() != null && f.none() != null)
                    .map(f -> f.all().stream().noneMatch(f.none()::contains))
                    .orElse(true)),
            new SpecRule("spec.requires.notIsolation", Requires.ISOLATION, spec -> {
                var requires = spec.requiresOrNothing();
                return !requires.notIsolation().contains(JobIsolation.Container)
                        && !requires.notIsolation().contains(requires.isolationOrDefault());
            }),
            new SpecRule(
                    "spec.requires.facts", Requires.FACTS, spec -> spec.requiresOrNothing().facts().keySet().stream()
                            .allMatch(Requires::isFact)),
            new SpecRule(
                    "spec.requires.facts", Requires.COMPARED, spec -> spec.requiresOrNothing().facts().values().stream()
                            .allMatch(match -> match != null && match.hasOne())),
            new SpecRule(
                    "spec.requires.facts", Requires.COMPARED, spec -> spec.requiresOrNothing().facts().values().stream()
                            .flatMap(match -> Stream.ofNullable(match == null ? null : match.atLeast()))
                            .allMatch(SpecCheck::isAmount)),
            new SpecRule("spec.requires.workerSelector", Requires.SELECTOR, spec -> selector(spec)
                    .filter(Contradictions::betweenLabelsAndTerms)
                    .isEmpty()),
            new SpecRule("spec.requires.workerSelector.matchExpressions", Requires.TERMS, spec -> selector(spec)
                    .filter(Contradictions::amongTerms)
                    .isEmpty()),
            new SpecRule("spec.requires.workerSelector.matchExpressions", Requires.VALUES, spec -> selector(spec)
                    .filter(Contradictions::amongValues)
                    .isEmpty()),
            new SpecRule("spec.requires.kernel.maxVersion", KernelRange.ORDERED, spec -> Optional.ofNullable(
                            spec.requiresOrNothing().kernel())
                    .filter(k -> stated(k.minVersion()) && stated(k.maxVersion()))
                    .map(k -> RpmVersion.compare(k.minVersion(), k.maxVersion()) <= 0)
                    .orElse(true)),
            new SpecRule("spec.requires.workerSelector.matchExpressions", LabelSelector.Term.VALUES, spec -> terms(spec)
                    .allMatch(t ->
                            (t.operator() == LabelSelector.Operator.In || t.operator() == LabelSelector.Operator.NotIn)
                                    == (t.values() != null && !t.values().isEmpty()))),
            new SpecRule("spec.retry", Retry.SUM, spec -> {
                var retry = spec.retryOrDefault();
                return retry.onWorkerLost() + retry.onOutOfResources() + retry.onFailure() <= 19;
            }),
            new SpecRule("spec.volumes", JobVolume.ONE_SOURCE, spec -> spec.volumes().stream()
                    .allMatch(v -> count(v.persistentVolumeClaim(), v.configMap(), v.secret(), v.emptyDir()) == 1)),
            new SpecRule("spec.volumes", JobVolume.NOT_NEGATIVE, spec -> spec.volumes().stream()
                    .filter(v -> v.emptyDir() != null && v.emptyDir().sizeLimit() != null)
                    .allMatch(v -> sign(v.emptyDir().sizeLimit()) >= 0)),
            new SpecRule(
                    "spec.volumes.persistentVolumeClaim.claimName", JobVolume.NO_CACHE, spec -> spec.volumes().stream()
                            .noneMatch(v -> v.persistentVolumeClaim() != null
                                    && isCache(v.persistentVolumeClaim().claimName()))),
            new SpecRule(
                    "spec.results.claimName",
                    JobVolume.NO_CACHE,
                    spec -> spec.results() == null || !isCache(spec.results().claimName())),
            new SpecRule("spec.volumeMounts", BuildJobSpec.MOUNTS, spec -> spec.volumeMounts().stream()
                    .allMatch(
                            m -> spec.volumes().stream().anyMatch(v -> v.name().equals(m.name())))),
            new SpecRule(
                    "spec.cache",
                    BuildJobSpec.CACHE,
                    spec -> spec.cache() == null
                            || spec.volumeMounts().stream().noneMatch(m -> m.mountPath()
                                    .equals(spec.cache().path()))),
            new SpecRule(
                    "spec.cache.path",
                    JobCache.NOT_TAKEN,
                    spec -> spec.cache() == null
                            || !TAKEN.matcher(spec.cache().path() + "/").find()),
            new SpecRule("spec.volumeMounts.mountPath", JobVolumeMount.NOT_TAKEN, spec -> spec.volumeMounts().stream()
                    .noneMatch(m -> TAKEN.matcher(m.mountPath() + "/").find())),
            new SpecRule("spec.envFrom", EnvSource.ONE_SOURCE, spec -> spec.envFrom().stream()
                    .allMatch(e -> count(e.configMapRef(), e.secretRef()) == 1)));

    private SpecCheck() {}

    /** The broken rules, each as {@code FIELD: SENTENCE}; none if the job is valid. */
    public static List<String> problems(String name, BuildJobSpec spec) {
        if (spec == null) {
            return List.of("spec: must be set");
        }
        var problems = new ArrayList<String>();
        if (name.length() > BuildJob.LONGEST_NAME) {
            problems.add("metadata.name: " + BuildJob.NAME_LENGTH);
        }
        for (var rule : RULES) {
            try {
                if (!rule.holds().test(spec)) {
                    problems.add(rule.field() + ": " + rule.message().apply(spec));
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                problems.add(rule.field() + ": " + e.getMessage());
            }
        }
        return problems;
    }

    private static <T> Optional<T> resource(BuildJobSpec spec, Function<BuildResources, T> part) {
        return Optional.ofNullable(spec.resources()).map(part);
    }

    private static Optional<LabelSelector> selector(BuildJobSpec spec) {
        return Optional.ofNullable(spec.requiresOrNothing().workerSelector());
    }

    private static Stream<LabelSelector.Term> terms(BuildJobSpec spec) {
        return selector(spec).map(LabelSelector::matchExpressions).stream().flatMap(List::stream);
    }

    private static boolean isCache(String claim) {
        return claim != null && claim.startsWith(JobVolume.CACHES);
    }

    private static boolean stated(String text) {
        return text != null && !text.isEmpty();
    }

    /** Always; throws for what is no amount. */
    private static boolean isAmount(Quantity quantity) {
        Quantities.check(quantity.toString());
        return true;
    }

    private static int sign(Quantity quantity) {
        return Long.signum(Quantities.bytes(quantity));
    }

    private static long count(Object... sources) {
        return Stream.of(sources).filter(Objects::nonNull).count();
    }
}
