package dev.smartdispatcher.operator.packages;

import dev.smartdispatcher.api.EnvVariable;
import dev.smartdispatcher.api.environment.BuildEnvironmentSpec;
import dev.smartdispatcher.api.environment.PackageLists;
import dev.smartdispatcher.api.environment.PackageRule;
import dev.smartdispatcher.api.environment.RuleCondition;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import java.util.List;

/** Environments and rules for the tests of this package, with what a test does not say left out. */
final class Environments {
    static final String IMAGE = "registry.example/build:12";

    /** The environment of the concept: cross builds for armv7l on i586 need x86 tools and keep rpm and bash. */
    static final BuildEnvironmentSpec CONCEPT = environment(
            lists(List.of("rpm", "bash", "coreutils"), List.of("gcc", "make"), List.of(), List.of()),
            rule("cross-armv7l")
                    .when(List.of("i586", "x86_64"), List.of("armv7l"), List.of(Mode.Cross, Mode.Emulated))
                    .preinstall("rpm-x86", "bash-x86")
                    .noInstall("rpm", "bash")
                    .install("cross-armv7l-gcc", "cross-armv7l-binutils")
                    .env("CROSS_COMPILE", "arm-linux-gnueabihf-")
                    .build());

    private Environments() {}

    static BuildEnvironmentSpec environment(PackageLists base, PackageRule... rules) {
        return new BuildEnvironmentSpec(IMAGE, null, base, List.of(rules));
    }

    static PackageLists lists(
            List<String> preinstall, List<String> install, List<String> noInstall, List<String> remove) {
        return new PackageLists(preinstall, install, noInstall, remove);
    }

    static PackageLists installing(String... names) {
        return lists(List.of(), List.of(names), List.of(), List.of());
    }

    static Rule rule(String name) {
        return new Rule(name);
    }

    /** A rule in the making; it always applies unless said otherwise. */
    static final class Rule {
        private final String name;
        private RuleCondition when;
        private List<String> preinstall;
        private List<String> install;
        private List<String> noInstall;
        private List<String> remove;
        private String image;
        private List<EnvVariable> env;

        private Rule(String name) {
            this.name = name;
        }

        Rule when(List<String> hostArch, List<String> targetArch, List<Mode> modes) {
            when = new RuleCondition(hostArch, targetArch, modes);
            return this;
        }

        Rule preinstall(String... names) {
            preinstall = List.of(names);
            return this;
        }

        Rule install(String... names) {
            install = List.of(names);
            return this;
        }

        Rule noInstall(String... names) {
            noInstall = List.of(names);
            return this;
        }

        Rule remove(String... names) {
            remove = List.of(names);
            return this;
        }

        Rule image(String other) {
            image = other;
            return this;
        }

        Rule env(String variable, String value) {
            env = List.of(new EnvVariable(variable, value));
            return this;
        }

        PackageRule build() {
            return new PackageRule(name, when, preinstall, install, noInstall, remove, image, env);
        }
    }

    /** The plan of an environment with these lists and rules, for x86_64 on x86_64. */
    static PackagePlan evaluate(PackageLists base, PackageRule... rules) {
        return PackageRules.evaluate(environment(base, rules), Architecture.x86_64, Architecture.x86_64, Mode.Native);
    }
}
