package dev.smartdispatcher.e2e.embedded.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.embedded.request.ApiRequest;
import dev.smartdispatcher.e2e.embedded.request.Verb;
import java.util.Optional;

/** Questions about permissions: everybody may do everything here. */
final class Reviews {
    private static final String GROUP = "authorization.k8s.io";

    private Reviews() {}

    /** The answer, if {@code request} is such a question. */
    static Optional<Answer> answer(ApiRequest request) {
        if (!request.path().gvr().group().equals(GROUP) || request.verb() != Verb.CREATE) {
            return Optional.empty();
        }
        ObjectNode review = request.body().deepCopy();
        switch (request.resource()) {
            case "selfsubjectrulesreviews" -> rules(review.putObject("status"));
            case "selfsubjectaccessreviews", "subjectaccessreviews", "localsubjectaccessreviews" ->
                review.putObject("status").put("allowed", true);
            default -> {
                return Optional.empty();
            }
        }
        return Optional.of(Answer.created((JsonNode) review));
    }

    private static void rules(ObjectNode status) {
        status.put("incomplete", false);
        var resources = status.putArray("resourceRules").addObject();
        resources.putArray("verbs").add("*");
        resources.putArray("apiGroups").add("*");
        resources.putArray("resources").add("*");
        var urls = status.putArray("nonResourceRules").addObject();
        urls.putArray("verbs").add("*");
        urls.putArray("nonResourceURLs").add("*");
    }
}
