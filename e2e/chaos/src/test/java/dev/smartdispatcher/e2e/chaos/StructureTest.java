package dev.smartdispatcher.e2e.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** No cycles between the packages; and the checker knows of the project nothing but the histories that it reads. */
@AnalyzeClasses(packages = "dev.smartdispatcher", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.smartdispatcher.e2e.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_CHECKER_IS_INDEPENDENT = noClasses()
            .that()
            .resideInAPackage("dev.smartdispatcher.e2e.chaos.check..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "dev.smartdispatcher.e2e.chaos.check..",
                    "dev.smartdispatcher.e2e.chaos.history..",
                    "com.fasterxml.jackson..",
                    "java..");
}
