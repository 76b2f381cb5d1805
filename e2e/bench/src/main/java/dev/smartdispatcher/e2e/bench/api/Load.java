package dev.smartdispatcher.e2e.bench.api;

import dev.smartdispatcher.api.environment.BuildEnvironment;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.BuildJobSpec;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import dev.smartdispatcher.operator.packages.PackagePlan;
import dev.smartdispatcher.operator.packages.PackageRules;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The jobs of a benchmark: of one core each, and of one of three memory sizes that the seed draws. */
final class Load {
    static final String NAMESPACE = "default";
    static final Architecture ARCHITECTURE = Architecture.of("x86_64").orElseThrow();
    /** Memory in MiB beside that of the one make job. */
    private static final List<Integer> BASES = List.of(128, 256, 512);
    /** Memory in MiB of the one make job. */
    private static final int PER_PROCESS = 128;

    private final long seed;
    /** By the base of their memory. */
    private final Map<Integer, BuildJobSpec> specs =
            BASES.stream().collect(Collectors.toMap(Function.identity(), Load::spec));

    Load(long seed) {
        this.seed = seed;
    }

    /** What its jobs build in, with lists as long as those of a small package. */
    BuildEnvironment environment() {
        return Serialization.unmarshal("""
                apiVersion: smartdispatcher.dev/v1alpha1
                kind: BuildEnvironment
                metadata: {name: bench}
                spec:
                  image: local.test/debian:12
                  packages:
                    preinstall: [base-files, bash, coreutils, dash, dpkg, glibc, grep, libc6, perl-base, sed, tar]
                    install: [autoconf, automake, bc, binutils, cmake, debhelper, gcc, g++, gettext, libtool, make, ninja-build,
                      pkg-config, python3, zlib1g-dev]
                """, BuildEnvironment.class);
    }

    /** The lists of its jobs. */
    PackagePlan plan() {
        return PackageRules.evaluate(environment().getSpec(), ARCHITECTURE, ARCHITECTURE, Mode.Native);
    }

    String name(int number) {
        return "job-%05d".formatted(number);
    }

    /** Memory in MiB that the job is given. */
    int memoryMiB(int number) {
        return base(number) + PER_PROCESS;
    }

    BuildJob buildJob(int number) {
        var job = new BuildJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withName(name(number))
                .withNamespace(NAMESPACE)
                .build());
        job.setSpec(specs.get(base(number)));
        return job;
    }

    private static BuildJobSpec spec(int base) {
        return Serialization.unmarshal("""
                package: zlib
                targetArch: x86_64
                environment: bench
                args: ["make -j$BUILD_JOBS && make check"]
                parallelism: {min: 1, max: 1}
                resources:
                  memory: {base: %dMi, perProcess: %dMi}
                  disk: {size: 1Gi}
                """.formatted(base, PER_PROCESS), BuildJobSpec.class);
    }

    private int base(int number) {
        return BASES.get(new SplittableRandom(seed + number).nextInt(BASES.size()));
    }
}
