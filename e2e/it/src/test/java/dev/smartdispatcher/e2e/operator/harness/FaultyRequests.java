package dev.smartdispatcher.e2e.operator.harness;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.RequestParser;
import dev.smartdispatcher.e2e.embedded.request.ResourcePath;
import dev.smartdispatcher.e2e.embedded.server.Faults;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The requests of an operator's client, on whatever server: those that are to fail are sent to {@link Refusals} instead, and
 * the writes that were done are kept. A fault that needs the request to be done, and its answer lost, is not possible here.
 */
final class FaultyRequests implements Interceptor, AutoCloseable {
    private final Faults faults = new Faults();
    private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
    private final Refusals refusals = Refusals.start();

    Faults faults() {
        return faults;
    }

    List<Write> writes() {
        return List.copyOf(writes);
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        parse(request).flatMap(faults::before).ifPresent(refusal -> builder.uri(refusals.address(refusal)));
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (response.isSuccessful()) {
            parse(request)
                    .filter(done -> done.verb().isWrite())
                    .map(done -> Write.of(done, response.code(), MissingNode.getInstance()))
                    .ifPresent(writes::add);
        }
    }

    private static Optional<ApiRequest> parse(HttpRequest request) {
        return ResourcePath.parse(request.uri().getPath())
                .map(path -> RequestParser.parse(
                        request.method(),
                        request.uri(),
                        name -> name.equals("User-Agent") ? Harness.OPERATOR : request.header(name),
                        request.bodyString()));
    }

    @Override
    public void close() {
        refusals.close();
    }
}
