package dev.smartdispatcher.operator.scheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.operator.scheduler.explain.Explanation;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The workers by the reason why they do not take a job, as its message counts them. */
public final class Counts {
    /** As "0/3 workers: 2 NoRoom (needs 1 CPU), 1 Draining". */
    private static final Pattern MESSAGE = Pattern.compile("0/(\\d+) workers(?:: (.*))?");

    private static final Pattern DETAIL = Pattern.compile(" \\([^()]*\\)");
    private static final Pattern COUNT = Pattern.compile("(\\d+) (\\w+)");

    private Counts() {}

    public static Map<Reason, Integer> of(Explanation explanation) {
        var message = MESSAGE.matcher(explanation.message());
        assertThat(message.matches()).as(explanation.message()).isTrue();
        var counts = new EnumMap<Reason, Integer>(Reason.class);
        if (message.group(2) != null) {
            for (var part : DETAIL.matcher(message.group(2)).replaceAll("").split(", ")) {
                var count = COUNT.matcher(part);
                assertThat(count.matches()).as(explanation.message()).isTrue();
                counts.put(Reason.valueOf(count.group(2)), Integer.valueOf(count.group(1)));
            }
        }
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
                .as(explanation.message())
                .isEqualTo(Integer.parseInt(message.group(1)));
        return counts;
    }
}
