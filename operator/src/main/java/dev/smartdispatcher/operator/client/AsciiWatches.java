package dev.smartdispatcher.operator.client;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes what comes by a watch plain ASCII, without changing what the JSON says. Fabric8 7.9 decodes each buffer of a plain
 * HTTP watch by itself and takes the whole of the decoder's array: any other text ends in NUL characters or is cut within a
 * character, and the watch ends for good.
 */
final class AsciiWatches implements Interceptor {
    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        var query = request.uri().getQuery();
        if (query == null || !query.contains("watch=true")) {
            return consumer;
        }
        var escaper = new JsonEscaper();
        return (buffers, body) ->
                consumer.consume(buffers.stream().map(escaper::escape).toList(), body);
    }
}
