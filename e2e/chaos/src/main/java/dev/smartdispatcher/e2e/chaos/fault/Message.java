package dev.smartdispatcher.e2e.chaos.fault;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.util.Set;

/** A request as a whole, to be sent on as often as a fault wants it. */
record Message(HttpMethod method, String uri, MultiMap headers, Buffer body) {
    /** Of one hop only, or made anew for the next. */
    private static final Set<String> HOP =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

    static Message of(HttpServerRequest request, Buffer body) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        request.headers().forEach((name, value) -> {
            if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":")) {
                headers.add(name, value);
            }
        });
        return new Message(request.method(), request.uri(), headers, body);
    }

    boolean isWatch() {
        return uri.contains("watch=true") || uri.contains("watch=1");
    }

    boolean isRead() {
        return method.equals(HttpMethod.GET);
    }

    /** The answer's head; its body has yet to be read. */
    Future<HttpClientResponse> send(HttpClient client) {
        var options = new RequestOptions().setMethod(method).setURI(uri).setHeaders(headers);
        return client.request(options).compose(out -> out.send(body));
    }
}
