package dev.smartdispatcher.e2e.embedded.server;

import dev.smartdispatcher.e2e.embedded.log.Write;
import dev.smartdispatcher.e2e.embedded.log.WriteLog;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.KindRegistry;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.store.StoreEvent;
import dev.smartdispatcher.e2e.embedded.store.WatchEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The API: takes requests, answers them, and logs the writes. Thread-safe.
 *
 * <p>CustomResourceDefinitions are served from the moment that they are stored.
 */
public final class ApiServer {
    private final ObjectStore store;
    private final KindRegistry kinds = new KindRegistry();
    private final WriteLog log = new WriteLog();
    private final Clock clock;
    private final Reads reads;
    private final Writes writes;

    public ApiServer(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.reads = new Reads(store);
        this.writes = new Writes(store, clock);
        store.subscribe(this::serveDefinitions);
    }

    /** Does what {@code request} asks. Refusals are answers too: this does not throw. */
    public Answer handle(ApiRequest request) {
        if (Reviews.isOne(request)) {
            return Reviews.answer(request);
        }
        return request.verb().isWrite()
                ? log.logged(() -> answer(request), answer -> Write.of(request, answer.code(), answer.body()))
                : answer(request);
    }

    /**
     * Begins a watch: {@code sink} is told every event in order, under the store's lock. Answers what ends it.
     *
     * @throws ApiException if the watch cannot be, 410 among them
     */
    public Runnable watch(ApiRequest request, Consumer<WatchEvent> sink) {
        return reads.watch(kind(request), request, sink);
    }

    /** What time it is here. */
    Instant now() {
        return clock.instant();
    }

    public ObjectStore store() {
        return store;
    }

    public KindRegistry kinds() {
        return kinds;
    }

    public WriteLog log() {
        return log;
    }

    private Answer answer(ApiRequest request) {
        try {
            return about(kind(request), request);
        } catch (ApiException refusal) {
            return Answer.of(refusal);
        }
    }

    private Answer about(ResourceKind kind, ApiRequest request) {
        return switch (request.verb()) {
            case GET -> Answer.ok(reads.get(kind, request));
            case LIST -> Answer.ok(reads.list(kind, request));
            case WATCH -> throw ApiException.badRequest("watches are served over WebSockets only");
            default -> writes.answer(kind, request);
        };
    }

    private ResourceKind kind(ApiRequest request) {
        var kind = kinds.find(request.path().gvr()).orElseThrow(ApiException::noSuchResource);
        boolean named = !request.path().name().isEmpty();
        if (kind.namespaced() && request.namespace().isEmpty() && (named || request.verb() == Verb.CREATE)) {
            throw ApiException.noSuchResource();
        }
        return kind;
    }

    private void serveDefinitions(StoreEvent event) {
        if (!event.key().gvr().resource().equals("customresourcedefinitions")) {
            return;
        }
        if (event.type() == StoreEvent.Type.DELETED || Meta.of(event.object()).isBeingDeleted()) {
            kinds.remove(event.object());
        } else {
            kinds.add(event.object());
        }
    }
}
