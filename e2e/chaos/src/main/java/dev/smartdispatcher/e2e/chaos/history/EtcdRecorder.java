package dev.smartdispatcher.e2e.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

/**
 * Records all that etcd stores, from its first revision on, by one watch of etcd itself: its JSON gateway, so no client library
 * is needed. The API server must store JSON ({@code --storage-media-type=application/json}).
 *
 * <p>A watch of the API server would not do. It is broken whenever that is killed, and a new one cannot go on from a version
 * before its start: of an object that was written twice meanwhile the first write would be lost, and of one that was created
 * and deleted everything. It also orders only writes of one kind. etcd is not disturbed, and has one order for all.
 */
public final class EtcdRecorder implements AutoCloseable, Journal {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** All keys: from the smallest to the end. */
    private static final String ALL = "\"key\": \"AA==\", \"range_end\": \"AA==\"";

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String url;
    private final HistoryFile.Writer file;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread reader = new Thread(this::read, "history");
    private volatile long last;
    private volatile Exception failure;
    private volatile boolean closed;

    /** Records into the file from now on. To be closed. */
    public EtcdRecorder(String etcdUrl, Path file) throws IOException {
        this.url = etcdUrl;
        this.file = new HistoryFile.Writer(file);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public void write(Act.Kind kind, String target, String detail) {
        file.write(new Act(System.currentTimeMillis(), kind, target, detail));
    }

    /**
     * Returns when all that etcd has stored until now is recorded.
     *
     * @throws IllegalStateException if the watch has failed, so that the history has gaps
     */
    public void awaitAll() throws IOException, InterruptedException {
        var now = JSON.readTree(post("/v3/kv/range", "{" + ALL + ", \"count_only\": true}", BodyHandlers.ofString())
                        .body())
                .path("header")
                .path("revision")
                .asLong();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (last < now) {
            if (failure != null || System.nanoTime() > end) {
                throw new IllegalStateException("the history is complete only up to revision " + last, failure);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(
                post(
                                "/v3/watch",
                                "{\"create_request\": {" + ALL + ", \"start_revision\": \"1\"}}",
                                BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var result = JSON.readTree(line).path("result");
                if (result.path("canceled").asBoolean()) {
                    throw new IOException("etcd ended the watch: " + line);
                }
                result.path("events").forEach(this::record);
            }
            throw new IOException("etcd ended the watch");
        } catch (IOException | RuntimeException e) {
            failure = closed ? null : e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(JsonNode event) {
        var kv = event.path("kv");
        long revision = kv.path("mod_revision").asLong();
        EtcdKey.of(new String(decoded(kv.path("key")), StandardCharsets.UTF_8))
                .ifPresent(key -> file.write(
                        new Change(System.currentTimeMillis(), revision, key.kind(), key.name(), object(event, kv))));
        last = revision;
    }

    private static JsonNode object(JsonNode event, JsonNode kv) {
        if ("DELETE".equals(event.path("type").asText())) {
            return null;
        }
        try {
            var object = JSON.readTree(decoded(kv.path("value")));
            if (object.path("metadata") instanceof ObjectNode metadata) {
                metadata.remove("managedFields");
            }
            return object;
        } catch (IOException e) {
            throw new IllegalStateException("the API server does not store JSON", e);
        }
    }

    private static byte[] decoded(JsonNode text) {
        return Base64.getDecoder().decode(text.asText());
    }

    private <T> HttpResponse<T> post(String path, String body, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        var response = http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                handler);
        if (response.statusCode() / 100 != 2) {
            throw new IOException("etcd answers " + response.statusCode() + " to " + path);
        }
        return response;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        reader.interrupt();
        file.close();
    }
}
