package dev.smartdispatcher.operator.check;

import dev.smartdispatcher.api.Excerpt;
import dev.smartdispatcher.api.worker.CheckNotRun;
import dev.smartdispatcher.api.worker.CheckResult;
import dev.smartdispatcher.api.worker.CheckRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

/** How one run of a check ended. */
public sealed interface CheckOutcome {
    /** For metrics and logs. */
    enum Kind {
        passed,
        failed,
        timeout,
        notRun
    }

    /** What kind of end it is. */
    Kind kind();

    /** The result of the check after this run; the earlier one stands if the run never started. */
    CheckResult applied(CheckResult before, CheckDefinition check, long round, String boot);

    /**
     * The script ran.
     *
     * @param exitCode empty if it was stopped
     * @param timedOut whether it was stopped because it took too long
     * @param end when
     */
    record Ended(
            Optional<Integer> exitCode, boolean timedOut, String message, Map<String, String> attributes, Instant end)
            implements CheckOutcome {
        private boolean passed() {
            return !timedOut && exitCode.equals(Optional.of(0));
        }

        @Override
        public Kind kind() {
            if (timedOut) {
                return Kind.timeout;
            }
            return passed() ? Kind.passed : Kind.failed;
        }

        @Override
        public CheckResult applied(CheckResult before, CheckDefinition check, long round, String boot) {
            var history = new ArrayList<CheckRun>();
            history.add(new CheckRun(end, passed(), exitCode.orElse(null)));
            if (check.uid().equals(before.checkUid())) {
                before.history().stream().limit(CheckResult.MOST_RUNS - 1L).forEach(history::add);
            }
            return before.with()
                    .passed(passed())
                    .exitCode(exitCode.orElse(null))
                    .message(message.isEmpty() ? null : Excerpt.beginning(message, CheckResult.LONGEST_MESSAGE))
                    .attributes(attributes)
                    .time(end)
                    .expires(end.plus(check.spec().expireAfter()))
                    .round(round)
                    .checkGeneration(check.generation())
                    .checkUid(check.uid())
                    .boot(boot)
                    .history(history)
                    .notRun(null)
                    .build();
        }
    }

    /** The script never started. */
    record NotRun(String message, Instant tried) implements CheckOutcome {
        @Override
        public Kind kind() {
            return Kind.notRun;
        }

        @Override
        public CheckResult applied(CheckResult before, CheckDefinition check, long round, String boot) {
            int times = before.notRun() == null ? 1 : before.notRun().times() + 1;
            return before.with()
                    .round(round)
                    .notRun(new CheckNotRun(tried, times, message))
                    .build();
        }
    }
}
