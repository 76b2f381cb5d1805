package dev.smartdispatcher.cli.smartbuild;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Answers requests with the objects of a file, which nobody changes: a farm in one moment. Logs are as tests say. */
final class FakeApi implements AutoCloseable {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PLURALS = Map.of(
            "buildjobs", "BuildJob",
            "buildworkers", "BuildWorker",
            "buildprofiles", "BuildProfile",
            "dispatchpolicies", "DispatchPolicy",
            "pods", "Pod",
            "events", "Event");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ObjectNode> objects = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> later = new ArrayList<>();
    private final Map<String, Log> logs = new ConcurrentHashMap<>();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What a container's log is, each time that it is asked for. */
    interface Log {
        /** Writes the answer to a request with this query. */
        void write(String query, OutputStream to) throws IOException;
    }

    private record Refused(int code, String message) {}

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** With the objects of a YAML file; those that an annotation {@code later} marks are there once they are created. */
    static FakeApi of(Path file) throws IOException {
        var api = new FakeApi();
        try (var documents = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(Files.readString(file))) {
            while (documents.hasNextValue()) {
                var object = documents.nextValue();
                (object.at("/metadata/annotations/later").isMissingNode() ? api.objects : api.later).add(object);
            }
        }
        return api;
    }

    /** The log of a pod's container. */
    FakeApi log(String pod, Log log) {
        logs.put(pod, log);
        return this;
    }

    /** Requests for a path that begins so are refused. */
    FakeApi refuse(String path, int code, String message) {
        refused.put(path, new Refused(code, message));
        return this;
    }

    /** METHOD PATH?QUERY of what was asked. */
    List<String> requests() {
        return requests;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** A kubeconfig for it, in the namespace team-a. */
    Path kubeconfig(Path directory) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: farm, cluster: {server: "%s"}}]
                users: [{name: user, user: {token: secret}}]
                contexts: [{name: farm, context: {cluster: farm, user: user, namespace: team-a}}]
                current-context: farm
                """.formatted(url()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** An answer that fails breaks the connection. */
    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var query = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                .map(raw -> URLDecoder.decode(raw, StandardCharsets.UTF_8))
                .orElse("");
        requests.add(exchange.getRequestMethod() + " " + path + (query.isEmpty() ? "" : "?" + query));
        var refusal = refused.entrySet().stream()
                .filter(entry -> path.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (refusal.isPresent()) {
            status(exchange, refusal.get().code(), refusal.get().message(), "");
        } else {
            answer(exchange, path, query);
        }
        exchange.close();
    }

    private void answer(HttpExchange exchange, String path, String query) throws IOException {
        var parts = new ArrayList<>(List.of(path.substring(1).split("/")));
        parts.subList(0, parts.get(0).equals("api") ? 2 : 3).clear();
        var namespace = "";
        if (parts.get(0).equals("namespaces")) {
            namespace = parts.get(1);
            parts.subList(0, 2).clear();
        }
        var name = parts.size() > 1 ? parts.get(1) : "";
        if (parts.size() > 2) {
            log(exchange, name, query);
        } else {
            answer(exchange, PLURALS.get(parts.get(0)), namespace, name, query);
        }
    }

    private void log(HttpExchange exchange, String pod, String query) throws IOException {
        var log = logs.get(pod);
        if (log == null) {
            status(exchange, 404, "pods \"" + pod + "\" not found", pod);
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        log.write(query, exchange.getResponseBody());
    }

    private void answer(HttpExchange exchange, String kind, String namespace, String name, String query)
            throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> create(exchange, kind, namespace);
            case "GET" -> {
                if (name.isEmpty()) {
                    list(exchange, kind, namespace, query);
                } else {
                    one(exchange, kind, namespace, name);
                }
            }
            default -> one(exchange, kind, namespace, name);
        }
    }

    private void create(HttpExchange exchange, String kind, String namespace) throws IOException {
        var object = (ObjectNode) JSON.readTree(exchange.getRequestBody());
        var name = object.at("/metadata/name").asText();
        if (find(objects, kind, namespace, name).isPresent()) {
            status(exchange, 409, "buildjobs.smartdispatcher.dev \"" + name + "\" already exists", name);
            return;
        }
        ((ObjectNode) object.path("metadata")).put("namespace", namespace);
        find(later, kind, namespace, name).ifPresent(objects::add);
        send(exchange, 201, object);
    }

    private void list(HttpExchange exchange, String kind, String namespace, String query) throws IOException {
        var list = JSON.createObjectNode().put("kind", kind + "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items")
                .addAll(objects.stream()
                        .filter(object -> object.path("kind").asText().equals(kind)
                                && isIn(namespace, object)
                                && (!query.contains("involvedObject.uid=")
                                        || query.contains("involvedObject.uid="
                                                + object.at("/involvedObject/uid")
                                                        .asText()))
                                && (!query.contains("metadata.name=")
                                        || query.contains("metadata.name="
                                                + object.at("/metadata/name").asText())))
                        .map(JsonNode.class::cast)
                        .collect(Collectors.toList()));
        send(exchange, 200, list);
    }

    private void one(HttpExchange exchange, String kind, String namespace, String name) throws IOException {
        var found = find(objects, kind, namespace, name);
        if (found.isPresent()) {
            send(exchange, 200, found.get());
        } else {
            status(exchange, 404, kind + " \"" + name + "\" not found", name);
        }
    }

    private static Optional<ObjectNode> find(List<ObjectNode> among, String kind, String namespace, String name) {
        return among.stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && isIn(namespace, object)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    private static boolean isIn(String namespace, ObjectNode object) {
        return namespace.isEmpty()
                || object.at("/metadata/namespace").asText().equals(namespace)
                || object.at("/metadata/namespace").isMissingNode();
    }

    private static void status(HttpExchange exchange, int code, String message, String name) throws IOException {
        var status = JSON.createObjectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("code", code);
        status.putObject("details").put("name", name);
        send(exchange, code, status);
    }

    private static void send(HttpExchange exchange, int code, JsonNode body) throws IOException {
        var bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
