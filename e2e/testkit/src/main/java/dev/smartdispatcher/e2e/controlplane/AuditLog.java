package dev.smartdispatcher.e2e.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What an API server has been asked, by whom, and how it answered, in the order of the answers. */
public final class AuditLog {
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: [RequestReceived]
            rules:
            - level: None
              users: ["system:apiserver", "system:anonymous"]
            - level: Metadata
            """;

    private final Path file;

    AuditLog(Path file) {
        this.file = file;
    }

    /**
     * One request.
     *
     * @param verb of authorization: get, list, watch, create, update, patch, delete, deletecollection
     * @param group API group of the resource; empty for the core group, and where a path was asked for
     * @param resource plural name; empty where a path was asked for
     * @param path the request's, with its query
     * @param code HTTP status of the answer
     * @param received when the request came, by the API server's clock
     * @param answered when it was answered
     */
    public record Request(
            String user,
            String userAgent,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name,
            String path,
            int code,
            Instant received,
            Instant answered) {
        /** Whether it was granted. */
        public boolean succeeded() {
            return code >= HttpURLConnection.HTTP_OK && code < HttpURLConnection.HTTP_MULT_CHOICE;
        }

        private static Request of(JsonNode event) {
            var object = event.path("objectRef");
            return new Request(
                    event.path("user").path("username").asText(),
                    event.path("userAgent").asText(),
                    event.path("verb").asText(),
                    object.path("apiGroup").asText(),
                    object.path("resource").asText(),
                    object.path("subresource").asText(),
                    object.path("namespace").asText(),
                    object.path("name").asText(),
                    event.path("requestURI").asText(),
                    event.path("responseStatus").path("code").asInt(),
                    Instant.parse(event.path("requestReceivedTimestamp").asText()),
                    Instant.parse(event.path("stageTimestamp").asText()));
        }
    }

    /** The requests that were answered until now. A watch is answered when it begins. */
    public List<Request> requests() {
        try {
            var text = Files.readString(file);
            // What is after the last line is being written, or was when the API server was killed.
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(AuditLog::parse)
                    .filter(event -> !isEndOfWatch(event))
                    .map(Request::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the audit log", e);
        }
    }

    /** The requests of one user, by its full name. */
    public List<Request> of(String user) {
        return requests().stream()
                .filter(request -> request.user().equals(user))
                .toList();
    }

    static Path writePolicy(Path directory) {
        try {
            return Files.writeString(directory.resolve("audit-policy.yaml"), POLICY);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the audit policy", e);
        }
    }

    /** One that began: over HTTP, or as a WebSocket. */
    private static boolean isEndOfWatch(JsonNode event) {
        var code = event.path("responseStatus").path("code").asInt();
        return "watch".equals(event.path("verb").asText())
                && "ResponseComplete".equals(event.path("stage").asText())
                && (code == HttpURLConnection.HTTP_OK || code == SWITCHING_PROTOCOLS);
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException("not a line of an audit log: " + line, e);
        }
    }
}
