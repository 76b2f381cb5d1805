package dev.smartdispatcher.e2e;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** No cycles between the packages of the testkit and the quickstart. */
@AnalyzeClasses(packages = "dev.smartdispatcher.e2e", importOptions = ImportOption.DoNotIncludeTests.class)
class StructureTest {
    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.smartdispatcher.e2e.(**)").should().beFreeOfCycles();
}
