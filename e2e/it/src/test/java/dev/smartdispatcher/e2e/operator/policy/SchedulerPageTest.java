package dev.smartdispatcher.e2e.operator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.e2e.operator.harness.Harness;
import dev.smartdispatcher.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an administrator sees of the scheduler. */
class SchedulerPageTest {
    private final Harness farm = new Harness();

    @AfterEach
    void close() {
        farm.close();
    }

    private static JsonNode get(WebServer server, String query) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + server.port() + "/debug/scheduler" + query);
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body());
    }

    @Test
    void queueWorkersAndReservationsAreServedAsOfTheEndOfACycle() throws Exception {
        farm.worker("w", 2);
        farm.withOperator();
        farm.job("one", "parallelism: {min: 1, max: 1}");
        farm.until("one", s -> s.holds(BuildJobStatus.DISPATCHED));
        farm.job("both", "parallelism: {min: 2, max: 2}");
        farm.until("both", s -> s.waiting() != null && "w".equals(s.waiting().reservedWorker()));
        try (var server = WebServer.startOnLoopback("debug", 0, farm.debugPages())) {
            var dump = get(server, "");
            assertThat(dump.path("cycle").asLong()).isPositive();
            var scheduler = dump.path("scheduler");
            var job = scheduler.path("queue").path(0);
            assertThat(job.path("job").asText()).isEqualTo("default/both");
            assertThat(job.path("reason").asText()).isEqualTo("NoRoom");
            var worker = scheduler.path("workers").path(0);
            assertThat(worker.path("name").asText()).isEqualTo("w");
            assertThat(worker.path("reservedFor").asText()).isEqualTo("default/both");
            assertThat(worker.path("claims").path(0).path("job").asText()).isEqualTo("default/one");
            assertThat(scheduler.path("reservations").path(0).path("worker").asText())
                    .isEqualTo("w");
            var later = get(server, "?limit=1&queueFrom=1");
            assertThat(later.path("cycle").asLong())
                    .isGreaterThan(dump.path("cycle").asLong());
            assertThat(later.path("scheduler").path("waiting").asInt()).isEqualTo(1);
            assertThat(later.path("scheduler").path("queue")).isEmpty();
        }
    }
}
