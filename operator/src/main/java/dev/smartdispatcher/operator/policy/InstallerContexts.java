package dev.smartdispatcher.operator.policy;

import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.BuildRoot;
import dev.smartdispatcher.api.environment.Installer;
import dev.smartdispatcher.api.policy.InstallerContext;
import dev.smartdispatcher.api.policy.InstallerRule;
import dev.smartdispatcher.arch.Mode;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which contexts the packages of an environment may be installed for a namespace: those in which its installer works, and
 * which the policy and the level of Pod Security that the namespace enforces allow.
 */
public final class InstallerContexts {
    /** The label of a namespace by which Pod Security refuses pods. */
    static final String ENFORCED_LEVEL = "pod-security.kubernetes.io/enforce";

    /** The best first: root that is none on the node, then root that may mount, then root, then a root that is played. */
    private static final List<InstallerContext> ORDER = List.of(
            InstallerContext.UserNamespace,
            InstallerContext.HostRoot,
            InstallerContext.Baseline,
            InstallerContext.Restricted);

    /** Those whose root is none of the node's. */
    private static final Set<InstallerContext> WITHOUT_ROOT =
            EnumSet.of(InstallerContext.UserNamespace, InstallerContext.Restricted);

    private final List<InstallerRule> rules;
    private final boolean ownImage;

    /** For jobs that run in the environment's image. */
    public InstallerContexts(List<InstallerRule> rules) {
        this(rules, false);
    }

    /**
     * For a job.
     *
     * @param ownImage whether it names an image itself: that of a tenant never runs as the node's root, which the policy allows the
     *     environment's installer alone
     */
    public InstallerContexts(List<InstallerRule> rules, boolean ownImage) {
        this.rules = rules;
        this.ownImage = ownImage;
    }

    /**
     * The contexts to choose from, the best first; none if the packages may not be installed for the namespace.
     *
     * @param environment one with an installer
     */
    public List<InstallerContext> usable(BuildEnvironmentSpec environment, Map<String, String> namespaceLabels) {
        var works = works(environment.installer(), environment.root());
        var allowed = allowed(environment.installer(), namespaceLabels);
        var admitted = admitted(namespaceLabels.get(ENFORCED_LEVEL));
        return ORDER.stream()
                .filter(context -> works.contains(context) && allowed.contains(context) && admitted.contains(context))
                .filter(this::suitsImage)
                .toList();
    }

    /**
     * The context for a pod; empty if there is none on such a worker in that mode.
     *
     * @param userNamespaces whether the worker can give a pod a user namespace
     */
    public Optional<InstallerContext> choose(
            BuildEnvironmentSpec environment, Map<String, String> namespaceLabels, boolean userNamespaces, Mode mode) {
        return usable(environment, namespaceLabels).stream()
                .filter(context -> userNamespaces || context != InstallerContext.UserNamespace)
                .filter(context -> InstallerDemand.works(context, mode))
                .findFirst();
    }

    /** What the installation demands of a worker; nothing if there is no installer. */
    public InstallerDemand demand(BuildEnvironmentSpec environment, Map<String, String> namespaceLabels) {
        return environment.installer() == Installer.None
                ? InstallerDemand.NOTHING
                : InstallerDemand.of(usable(environment, namespaceLabels));
    }

    /**
     * Why the packages may not be installed for a job; empty if they may, or if there is no installer.
     *
     * @param modes those that the job allows; empty: any
     */
    public Optional<String> refusal(
            BuildEnvironmentSpec environment, String namespace, Map<String, String> namespaceLabels, Set<Mode> modes) {
        if (environment.installer() == Installer.None) {
            return Optional.empty();
        }
        if (!usable(environment, namespaceLabels).isEmpty()) {
            var demand = demand(environment, namespaceLabels);
            return demand.allows(modes)
                    ? Optional.empty()
                    : Optional.of(
                            "installer " + environment.installer() + " works in context Restricted, which is what the"
                                    + " namespace '" + namespace + "' may have, in modes " + names(demand.modes())
                                    + " only, and requires.modes allows " + names(modes));
        }
        var works = works(environment.installer(), environment.root());
        works.removeIf(context -> !suitsImage(context));
        var needed = "installer " + environment.installer() + " with root " + environment.root()
                + (ownImage ? " and the job's own image" : "") + " needs context "
                + ORDER.stream().filter(works::contains).map(Enum::name).collect(Collectors.joining(" or "));
        var level = namespaceLabels.get(ENFORCED_LEVEL);
        var admitted = admitted(level);
        return Optional.of(
                works.stream().noneMatch(admitted::contains)
                        ? needed + ", which Pod Security's level " + level + " does not admit in the namespace '"
                                + namespace + "'"
                        : needed + ", which the policy's spec.installers does not allow the namespace '" + namespace
                                + "'");
    }

    private static String names(Set<Mode> modes) {
        return modes.stream().sorted().map(Enum::name).collect(Collectors.joining(" and "));
    }

    private boolean suitsImage(InstallerContext context) {
        return !ownImage || WITHOUT_ROOT.contains(context);
    }

    /** Where each installer works, as measured with the rights of each context. */
    private static Set<InstallerContext> works(Installer installer, BuildRoot root) {
        if (installer == Installer.ObsBuild) {
            return EnumSet.of(InstallerContext.UserNamespace, InstallerContext.HostRoot);
        }
        return root == BuildRoot.Image
                ? EnumSet.of(InstallerContext.UserNamespace, InstallerContext.Baseline)
                : EnumSet.allOf(InstallerContext.class);
    }

    private Set<InstallerContext> allowed(Installer installer, Map<String, String> namespaceLabels) {
        var allowed = EnumSet.of(InstallerContext.Restricted);
        rules.stream()
                .filter(rule ->
                        rule.name() == installer && rule.namespaceSelector().matches(namespaceLabels))
                .map(InstallerRule::context)
                .forEach(allowed::add);
        if (allowed.contains(InstallerContext.HostRoot)) {
            allowed.add(InstallerContext.Baseline);
        }
        return allowed;
    }

    /** What the namespace's own level leaves; of a cluster's default level nothing is known before it refuses a pod. */
    private static Set<InstallerContext> admitted(String level) {
        return switch (level == null ? "" : level) {
            case "restricted" -> EnumSet.of(InstallerContext.Restricted);
            case "baseline" -> EnumSet.complementOf(EnumSet.of(InstallerContext.HostRoot));
            default -> EnumSet.allOf(InstallerContext.class);
        };
    }
}
