package dev.smartdispatcher.e2e.api.rights;

import dev.smartdispatcher.e2e.controlplane.AuditLog;
import dev.smartdispatcher.e2e.controlplane.AuditLog.Request;
import dev.smartdispatcher.operator.preflight.Right;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a user did with its rights since a moment, by the API server's own record. */
record UsedRights(List<Request> requests) {
    /** @param earlier number of requests in the log that do not count */
    static UsedRights of(AuditLog log, int earlier, String user) {
        return new UsedRights(log.requests().stream()
                .skip(earlier)
                .filter(request -> request.user().equals(user))
                .toList());
    }

    /** What the user was refused as forbidden, each kind of request once with its number. Dry runs of late pods are to be refused. */
    List<String> forbidden() {
        return requests.stream()
                .filter(request -> request.code() == HttpURLConnection.HTTP_FORBIDDEN)
                .filter(request -> !isDryRunOfPod(request))
                .collect(Collectors.groupingBy(UsedRights::describe, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> "forbidden: " + e.getKey() + ", " + e.getValue() + " times")
                .toList();
    }

    private static boolean isDryRunOfPod(Request request) {
        return request.resource().equals("pods") && request.path().contains("dryRun=All");
    }

    /** Those of the rights that no request needed. */
    List<String> unused(Stream<Right> rights) {
        return rights.filter(right -> requests.stream().noneMatch(request -> needs(request, right)))
                .map(right -> "unused right: " + right)
                .toList();
    }

    private static boolean needs(Request request, Right right) {
        return request.verb().equals(right.verb())
                && request.group().equals(right.group())
                && resource(request).equals(right.resource())
                && right.namespace().map(request.namespace()::equals).orElse(true)
                && right.name().map(request.name()::equals).orElse(true);
    }

    private static String describe(Request request) {
        return Stream.of(request.verb(), resource(request), request.group())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String resource(Request request) {
        return request.subresource().isEmpty() ? request.resource() : request.resource() + "/" + request.subresource();
    }
}
