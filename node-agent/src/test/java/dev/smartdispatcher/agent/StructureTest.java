package dev.smartdispatcher.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What may know what. */
@AnalyzeClasses(packagesOf = NodeAgent.class, importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    private static final String ROOT = "dev.smartdispatcher.agent";

    @ArchTest
    static final ArchRule probesKnowNoKubernetesClient = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".probe..", ROOT + ".kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.fabric8.kubernetes.api.model.apiextensions..");

    @ArchTest
    static final ArchRule onlyTheKernelPackageCallsNativeCode = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.sun.jna..");

    @ArchTest
    static final ArchRule theCommandLineIsInOnePlace = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule nothingBelowKnowsTheWhole = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT);

    @ArchTest
    static final ArchRule theAdviceIsPure = noClasses()
            .that()
            .resideInAPackage(ROOT + ".advisor")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..",
                    "java.io..",
                    "java.nio.file..",
                    ROOT + ".probe..",
                    ROOT + ".kernel..");

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(**)").should().beFreeOfCycles();
}
