package dev.smartdispatcher.e2e.chaos.fault;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** How answers of the API server, and of what pretends to be in between, get to the client. */
final class Answers {
    private static final Set<String> HOP = Set.of("connection", "transfer-encoding", "keep-alive");

    private Answers() {}

    /** As it comes, while the connection is open. */
    static void pass(HttpServerRequest request, HttpClientResponse answer, BooleanSupplier open) {
        if (head(request, answer)) {
            answer.handler(part -> {
                if (open.getAsBoolean() && !request.response().ended()) {
                    request.response().write(part);
                }
            });
            answer.endHandler(end -> end(request, open));
            answer.exceptionHandler(e -> reset(request));
            request.response().exceptionHandler(e -> answer.request().reset());
        }
    }

    /** Each part of it so much later. */
    static void lag(
            Vertx vertx, HttpServerRequest request, HttpClientResponse answer, long millis, BooleanSupplier open) {
        if (head(request, answer)) {
            answer.handler(part -> vertx.setTimer(millis, timer -> {
                if (open.getAsBoolean()
                        && !request.response().ended()
                        && !request.response().closed()) {
                    request.response().write(part);
                }
            }));
            answer.endHandler(end -> vertx.setTimer(millis, timer -> end(request, open)));
            answer.exceptionHandler(e -> reset(request));
            request.response().exceptionHandler(e -> answer.request().reset());
        }
    }

    /** As an API server words it. */
    static void refuse(HttpServerRequest request, int status) {
        if (request.response().ended() || request.response().closed()) {
            return;
        }
        var body = new JsonObject()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put(
                        "reason",
                        status == 429 ? "TooManyRequests" : status == 503 ? "ServiceUnavailable" : "InternalError")
                .put("message", "something between you and the API server answers " + status)
                .put("code", status);
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body.encode());
    }

    /** Whether there is still somebody to answer. */
    private static boolean head(HttpServerRequest request, HttpClientResponse answer) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            answer.request().reset();
            return false;
        }
        response.setStatusCode(answer.statusCode());
        answer.headers().forEach((name, value) -> {
            if (!HOP.contains(name.toLowerCase(Locale.ROOT)) && !name.startsWith(":")) {
                response.headers().add(name, value);
            }
        });
        if (answer.getHeader("content-length") == null
                && request.version() == io.vertx.core.http.HttpVersion.HTTP_1_1) {
            response.setChunked(true);
        }
        return true;
    }

    private static void end(HttpServerRequest request, BooleanSupplier open) {
        if (open.getAsBoolean()
                && !request.response().ended()
                && !request.response().closed()) {
            request.response().end();
        }
    }

    private static void reset(HttpServerRequest request) {
        if (!request.response().ended()) {
            request.response().reset();
        }
    }
}
