package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.RequestParser;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the mock web server receives into requests, and answers into what it sends. */
final class ApiDispatcher extends Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(ApiDispatcher.class);

    private final ApiServer api;
    private final Discovery discovery;
    private final Faults faults;
    private final Watches watches;

    ApiDispatcher(ApiServer api, Faults faults, Watches watches) {
        this.api = api;
        this.discovery = new Discovery(api.kinds());
        this.faults = faults;
        this.watches = watches;
    }

    @Override
    public MockResponse dispatch(RecordedRequest received) {
        try {
            var uri = URI.create(received.getPath());
            var found = received.method().toString().equals("GET")
                    ? discovery.answer(uri.getPath())
                    : Optional.<JsonNode>empty();
            return found.map(body -> response(Answer.ok(body))).orElseGet(() -> about(received, uri));
        } catch (ApiException refusal) {
            return response(Answer.of(refusal));
        } catch (RuntimeException e) {
            // Without an answer the client would wait for ever.
            LOG.error("{} {}", received.method(), received.getPath(), e);
            return response(Answer.of(new ApiException(500, "InternalError", "Internal error occurred: " + e)));
        }
    }

    @Override
    public void shutdown() {
        watches.close();
    }

    private MockResponse about(RecordedRequest received, URI uri) {
        var request = request(received, uri);
        var failure = faults.before(request);
        if (failure.isPresent()) {
            return response(Answer.of(failure.get()));
        }
        boolean upgrade = "websocket".equalsIgnoreCase(received.getHeader("Upgrade"));
        if (request.verb() == Verb.WATCH && upgrade) {
            return new MockResponse().withWebSocketUpgrade(watches.open(request));
        }
        var late = faults.late(request, () -> api.handle(request));
        if (late.isPresent()) {
            return response(Answer.of(late.get()));
        }
        var answer = api.handle(request);
        return response(faults.after(request).map(Answer::of).orElse(answer));
    }

    private static ApiRequest request(RecordedRequest received, URI uri) {
        var body = received.getBody() == null ? "" : received.getBody().readUtf8();
        return RequestParser.parse(received.method().toString(), uri, received::getHeader, body);
    }

    private MockResponse response(Answer answer) {
        var response = new MockResponse()
                .setResponseCode(answer.code())
                .setHeader("Content-Type", "application/json")
                .setHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(api.now().atZone(ZoneOffset.UTC)))
                .setBody(answer.body().toString());
        answer.warnings().forEach(warning -> response.addHeader("Warning", "299 - " + quoted(warning)));
        return response;
    }

    private static String quoted(String warning) {
        return '"' + warning.replace("\"", "\\\"") + '"';
    }
}
