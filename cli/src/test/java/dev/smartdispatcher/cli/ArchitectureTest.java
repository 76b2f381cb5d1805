package dev.smartdispatcher.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;

/** The command line's structure: commands at the top, and below them packages that do not know of them. */
@AnalyzeClasses(packages = "dev.smartdispatcher.cli", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {
    /** Leaves out the classes of tests by their directory, as Maven (test-classes) and other builds (test, cli-test) name it. */
    static final class NoTests implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*[/-]test(-classes)?/dev/smartdispatcher/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.smartdispatcher.cli.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyCommandsKnowTheCommandLine = noClasses()
            .that()
            .resideOutsideOfPackages("dev.smartdispatcher.cli", "dev.smartdispatcher.cli.smartbuild..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("picocli..", "dev.smartdispatcher.cli", "dev.smartdispatcher.cli.smartbuild..");

    @ArchTest
    static final ArchRule importsKnowTheOperatorsPurePackagesAlone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.smartdispatcher.operator.app..",
                    "dev.smartdispatcher.operator.client..",
                    "dev.smartdispatcher.operator.controller..",
                    "dev.smartdispatcher.operator.leader..",
                    "dev.smartdispatcher.operator.preflight..",
                    "io.javaoperatorsdk..");
}
