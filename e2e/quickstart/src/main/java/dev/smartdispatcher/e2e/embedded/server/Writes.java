package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.deletion.Delete;
import dev.smartdispatcher.e2e.embedded.deletion.DeleteOptions;
import dev.smartdispatcher.e2e.embedded.deletion.Evict;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.model.Meta;
import dev.smartdispatcher.e2e.embedded.model.ResourceKind;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.store.ObjectStore;
import dev.smartdispatcher.e2e.embedded.verbs.Apply;
import dev.smartdispatcher.e2e.embedded.verbs.Bind;
import dev.smartdispatcher.e2e.embedded.verbs.Create;
import dev.smartdispatcher.e2e.embedded.verbs.Patch;
import dev.smartdispatcher.e2e.embedded.verbs.PatchType;
import dev.smartdispatcher.e2e.embedded.verbs.Target;
import dev.smartdispatcher.e2e.embedded.verbs.Update;
import dev.smartdispatcher.e2e.embedded.verbs.WriteOptions;
import java.time.Clock;

/** Leads each writing request to its verb. */
final class Writes {
    private final ObjectStore store;
    private final Create create;
    private final Update update;
    private final Patch patch;
    private final Delete delete;
    private final Evict evict;
    private final Bind bind;

    Writes(ObjectStore store, Clock clock) {
        this.store = store;
        create = new Create(store, clock);
        update = new Update(store);
        patch = new Patch(store, update, new Apply(store, create, update));
        delete = new Delete(store, clock);
        evict = new Evict(store, delete);
        bind = new Bind(store);
    }

    Answer answer(ResourceKind kind, ApiRequest request) {
        return switch (request.verb()) {
            case CREATE -> request.subresource().isEmpty() ? create(kind, request) : act(kind, request);
            case UPDATE -> Answer.of(update.replace(target(kind, request), object(request), options(request)));
            case PATCH ->
                Answer.of(patch.patch(
                        target(kind, request), PatchType.of(request.contentType()), request.body(), options(request)));
            case DELETE -> delete(target(kind, request), request);
            case DELETECOLLECTION -> deleteAll(kind, request);
            default -> throw ApiException.methodNotAllowed();
        };
    }

    private Answer create(ResourceKind kind, ApiRequest request) {
        return Answer.of(create.create(kind, request.namespace(), object(request), options(request)));
    }

    private Answer act(ResourceKind kind, ApiRequest request) {
        if (!kind.isCore("pods")) {
            throw ApiException.noSuchResource();
        }
        var pod = Target.of(kind, request.namespace(), request.path().name(), Target.WHOLE);
        switch (request.subresource()) {
            case "binding" -> bind.bind(pod, request.body().at("/target/name").asText());
            case "eviction" -> evict.evict(pod, DeleteOptions.of(request.body().path("deleteOptions")));
            default -> throw ApiException.noSuchResource();
        }
        return Answer.created(Statuses.success());
    }

    private Answer delete(Target target, ApiRequest request) {
        if (!request.subresource().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        return store.atomically(() -> {
            var uid = Meta.of(target.in(store)).uid();
            return delete.delete(target, DeleteOptions.of(request.body()))
                    .map(Answer::ok)
                    .orElseGet(() -> Answer.ok(Statuses.deleted(target, uid)));
        });
    }

    private Answer deleteAll(ResourceKind kind, ApiRequest request) {
        var options = DeleteOptions.of(request.body());
        return store.atomically(() -> {
            for (var object : store.list(Reads.filter(kind, request))) {
                var meta = Meta.of(object);
                delete.delete(Target.of(kind, meta.namespace(), meta.name(), Target.WHOLE), options);
            }
            return Answer.ok(Statuses.success());
        });
    }

    private static Target target(ResourceKind kind, ApiRequest request) {
        if (request.path().name().isEmpty()) {
            throw ApiException.methodNotAllowed();
        }
        return Target.of(kind, request.namespace(), request.path().name(), request.subresource());
    }

    private static WriteOptions options(ApiRequest request) {
        return WriteOptions.of(request.query());
    }

    private static ObjectNode object(ApiRequest request) {
        if (request.body() instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.badRequest("the request has no object in its body");
    }
}
