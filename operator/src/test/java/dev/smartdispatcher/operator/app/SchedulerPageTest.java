package dev.smartdispatcher.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smartdispatcher.operator.controller.dispatch.DumpRequests;
import dev.smartdispatcher.web.Query;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SchedulerPageTest {
    @Test
    void aReplicaThatDoesNotLeadSaysSoAtOnce() {
        var asked = new AtomicBoolean();
        var page = new SchedulerPage(new DumpRequests(() -> asked.set(true)), () -> "this replica does not lead");
        var answer = page.answer(Query.NONE);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("this replica does not lead\n");
        assertThat(asked).isFalse();
    }
}
