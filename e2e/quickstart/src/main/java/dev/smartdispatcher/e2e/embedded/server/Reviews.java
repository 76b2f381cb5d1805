package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.model.ApiException;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;

/** Reviews of rights: here everybody may do everything. */
final class Reviews {
    private static final String GROUP = "authorization.k8s.io";

    private Reviews() {}

    static boolean isOne(ApiRequest request) {
        return request.path().gvr().group().equals(GROUP) && request.verb() == Verb.CREATE;
    }

    static Answer answer(ApiRequest request) {
        if (!(request.body() instanceof ObjectNode asked)) {
            throw ApiException.badRequest("the request has no review in its body");
        }
        var review = asked.deepCopy();
        var status = review.putObject("status");
        switch (request.resource()) {
            case "selfsubjectaccessreviews" -> status.put("allowed", true);
            case "selfsubjectrulesreviews" -> {
                status.put("incomplete", false).putArray("nonResourceRules");
                var rule = status.putArray("resourceRules").addObject();
                rule.putArray("verbs").add("*");
                rule.putArray("apiGroups").add("*");
                rule.putArray("resources").add("*");
            }
            default -> throw ApiException.noSuchResource();
        }
        return Answer.created(review);
    }
}
