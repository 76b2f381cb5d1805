package dev.smartdispatcher.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.smartdispatcher.operator.controller.DaemonTimer;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Timer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;

/** The structure that docs/architecture.md describes. */
@AnalyzeClasses(packages = "dev.smartdispatcher", importOptions = ArchitectureTest.NoTests.class)
class ArchitectureTest {
    private static final String[] PURE = {
        "..operator.scheduler..",
        "..operator.packages..",
        "..operator.profile..",
        "dev.smartdispatcher.operator.health..",
        "..operator.policy..",
        "..operator.workload..",
        "..operator.attempt..",
        "..operator.worker..",
        "..operator.check..",
        "..operator.status..",
        "..operator.validation..",
        "..operator.view..",
        "dev.smartdispatcher.arch.."
    };

    /** Leaves out the classes of tests by their directory, as Maven (test-classes) and other builds (test, operator-test) name it. */
    static final class NoTests implements ImportOption {
        private static final Pattern TESTS = Pattern.compile(".*[/-]test(-classes)?/dev/smartdispatcher/.*");

        @Override
        public boolean includes(Location location) {
            return !location.matches(TESTS);
        }
    }

    @ArchTest
    static final ArchRule purePackagesKnowNoClient = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8.kubernetes.client..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule purePackagesKnowNoCustomResource = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are custom resources", (JavaClass c) -> c.isAssignableTo(CustomResource.class)));

    @ArchTest
    static final ArchRule purePackagesAreToldTheTime = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.smartdispatcher.operator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noDrawers =
            noClasses().should().haveSimpleNameEndingWith("Utils").orShould().haveSimpleNameEndingWith("Util");

    /** A scheduled executor of the JDK drops a task that throws once, and says nothing. */
    @ArchTest
    static final ArchRule noTaskEndsSilently = noClasses()
            .that()
            .resideInAPackage("..operator..")
            .and()
            .doNotHaveFullyQualifiedName(DaemonTimer.class.getName())
            .should()
            .dependOnClassesThat()
            .areAssignableTo(ScheduledExecutorService.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Timer.class);
}
