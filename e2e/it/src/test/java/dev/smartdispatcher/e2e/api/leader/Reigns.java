package dev.smartdispatcher.e2e.api.leader;

import dev.smartdispatcher.e2e.controlplane.AuditLog.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who held the lease when, by the audit log: the elector creates and patches it, an operator that ends gives it back by an update. */
final class Reigns {
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> FENCED = Set.of("buildjobs", "pods", "bindings");

    private final List<Request> granted;

    /** @param requests of the operators alone */
    Reigns(List<Request> requests) {
        granted = requests.stream()
                .filter(request -> WRITES.contains(request.verb()) && request.succeeded())
                .sorted(Comparator.comparing(Request::answered))
                .toList();
    }

    /** The users that led, in order, without those that led on. */
    List<String> leaders() {
        var leaders = new ArrayList<String>();
        for (var request : granted) {
            if (isLease(request)
                    && takes(request)
                    && !request.user().equals(last(leaders).orElse(null))) {
                leaders.add(request.user());
            }
        }
        return leaders;
    }

    /** The writes of jobs and pods that were granted to somebody who did not hold the lease. */
    List<Request> usurpations() {
        var wrong = new ArrayList<Request>();
        Optional<String> holder = Optional.empty();
        for (var request : granted) {
            if (isLease(request)) {
                holder = takes(request) ? Optional.of(request.user()) : Optional.empty();
            } else if (isFenced(request) && !holder.equals(Optional.of(request.user()))) {
                wrong.add(request);
            }
        }
        return wrong;
    }

    /** The users that gave the lease back, in order. */
    List<String> gaveBack() {
        return granted.stream()
                .filter(request -> isLease(request) && !takes(request))
                .map(Request::user)
                .toList();
    }

    /** How many writes of jobs and pods were granted. */
    int writes() {
        return (int) granted.stream().filter(Reigns::isFenced).count();
    }

    private static boolean isFenced(Request request) {
        return FENCED.contains(request.resource());
    }

    private static Optional<String> last(List<String> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() - 1));
    }

    private static boolean isLease(Request request) {
        return request.resource().equals("leases");
    }

    private static boolean takes(Request request) {
        return !request.verb().equals("update");
    }
}
