package dev.smartdispatcher.cli.why;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.ReasonCategory;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {
    private static final Set<ReasonCategory> SOMEBODYS = EnumSet.of(
            ReasonCategory.Mismatch,
            ReasonCategory.TooSmall,
            ReasonCategory.Unavailable,
            ReasonCategory.Failure,
            ReasonCategory.OutOfResources,
            ReasonCategory.WorkerLoss,
            ReasonCategory.FailedStart,
            ReasonCategory.ImageObstacle,
            ReasonCategory.NamespaceObstacle,
            ReasonCategory.WorkerObstacle);

    @ParameterizedTest
    @EnumSource
    void whatDoesNotPassByItselfHasHelp(Reason reason) {
        if (SOMEBODYS.contains(reason.category())) {
            assertThat(Help.against(reason.name())).isPresent();
        }
    }
}
