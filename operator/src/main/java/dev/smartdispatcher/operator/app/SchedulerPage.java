package dev.smartdispatcher.operator.app;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.smartdispatcher.operator.controller.dispatch.DumpRequests;
import dev.smartdispatcher.operator.scheduler.cycle.DumpWindow;
import dev.smartdispatcher.web.Answer;
import dev.smartdispatcher.web.Page;
import dev.smartdispatcher.web.Query;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The scheduler's state as JSON: 503 with why not if this replica has none. */
final class SchedulerPage implements Page {
    static final String PATH = "/debug/scheduler";

    private static final String LIMIT = "limit";
    private static final String QUEUE_FROM = "queueFrom";
    private static final String WORKERS_FROM = "workersFrom";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new SimpleModule().addSerializer(new OptionalSerializer()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final DumpRequests requests;
    private final Supplier<String> idle;

    /** @param idle why this replica schedules nothing; empty if it does */
    SchedulerPage(DumpRequests requests, Supplier<String> idle) {
        this.requests = requests;
        this.idle = idle;
    }

    @Override
    public Answer answer(Query query) {
        query.allow(Set.of(LIMIT, QUEUE_FROM, WORKERS_FROM));
        var window = new DumpWindow(
                query.number(LIMIT, DumpWindow.STANDARD_LIMIT, 1, DumpWindow.MOST),
                query.number(QUEUE_FROM, 0, 0, DumpWindow.LAST_FROM),
                query.number(WORKERS_FROM, 0, 0, DumpWindow.LAST_WORKER));
        var reason = idle.get();
        if (!reason.isEmpty()) {
            return Answer.text(Answer.UNAVAILABLE, reason);
        }
        try {
            var dump = requests.ask(window);
            return dump.isPresent()
                    ? Answer.json(JSON.writeValueAsString(dump.get()))
                    : Answer.text(Answer.UNAVAILABLE, "no scheduling cycle has ended within 4 s: try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(Answer.UNAVAILABLE, "the request took too long: try again");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty one is null. */
    private static final class OptionalSerializer extends StdSerializer<Optional<?>> {
        private static final long serialVersionUID = 1L;

        private OptionalSerializer() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator json, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(value.orElse(null), json);
        }
    }
}
