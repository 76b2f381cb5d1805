package dev.smartdispatcher.operator.client.refusal;

import static dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb.Create;
import static dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb.Delete;
import static dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb.Update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row with what a kube-apiserver says. */
class RefusalTableTest {
    private static final String LIMITED = "Pod \"zlib-1\" is invalid: spec.containers[0].resources.requests: "
            + "Invalid value: \"4\": must be less than or equal to cpu limit of 500m";

    @ParameterizedTest(name = "{0} {1} {2}: {5}")
    @MethodSource("rows")
    void meansThat(
            Verb verb,
            String resource,
            int code,
            String reason,
            Set<FieldAuthor> authors,
            RefusalKind kind,
            String says) {
        assertThat(new ApiRefusal(verb, resource, code, reason, says, authors).kind())
                .isEqualTo(kind);
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                // No answer, or none about the object.
                pod(0, RefusalKind.AskAgain, "Connection refused"),
                pod(
                        429,
                        RefusalKind.AskAgain,
                        "the server has received too many requests and has asked us to try again later"),
                pod(503, RefusalKind.AskAgain, "the server is currently unable to handle the request"),
                pod(504, RefusalKind.AskAgain, "request did not complete within the allotted timeout"),
                pod(
                        500,
                        RefusalKind.AskAgain,
                        "Internal error occurred: failed calling webhook \"validate.kyverno.svc\""),
                pod(500, RefusalKind.AskAgain, "pods \"zlib-1\": exceeded quota, says somebody who should not"),
                pod(403, RefusalKind.AskAgain, "pods \"zlib-1\" is forbidden: not yet ready to handle request"),
                pod(
                        403,
                        RefusalKind.AskAgain,
                        "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'smart-dispatcher-creations' with binding"
                                + " 'smart-dispatcher-creations' denied request: too late, the pod was to be created before"
                                + " 2026-01-01T00:00:00Z (smartdispatcher.dev/create-before), and it is"
                                + " 2026-01-01T00:00:05Z"),
                budget(503, RefusalKind.AskAgain, "the server is currently unable to handle the request"),
                budget(429, RefusalKind.AskAgain, "too many requests"),
                // The operator's rights.
                pod(401, RefusalKind.NotAuthorized, "Unauthorized"),
                pod(403, RefusalKind.NotAuthorized, forbidden("pods")),
                row(Create, "configmaps", 403, RefusalKind.NotAuthorized, forbidden("configmaps")),
                budget(403, RefusalKind.NotAuthorized, forbidden("poddisruptionbudgets")),
                // Deletions.
                row(Delete, "pods", 403, RefusalKind.NotAuthorized, forbidden("pods")),
                row(Delete, "pods", 403, RefusalKind.AdmissionDenied, "pods \"zlib-1\" is forbidden: it is kept"),
                row(Delete, "pods", 422, RefusalKind.AdmissionDenied, "it is kept"),
                row(Delete, "pods", 409, RefusalKind.Overtaken, "the object has been modified"),
                row(Delete, "pods", 500, RefusalKind.AdmissionDenied, "admission webhook \"a\" denied the request: no"),
                row(Delete, "pods", 503, RefusalKind.AskAgain, "the server is currently unable to handle the request"),
                // Conflicts.
                arguments(
                        Create,
                        "pods",
                        409,
                        "AlreadyExists",
                        Set.of(),
                        RefusalKind.AlreadyThere,
                        "pods \"a\" already exists"),
                arguments(
                        Create,
                        "pods",
                        409,
                        "Conflict",
                        Set.of(),
                        RefusalKind.AskAgain,
                        "Operation cannot be fulfilled on resourcequotas \"builds\": the object has been modified"),
                row(Update, "buildjobs", 409, RefusalKind.Overtaken, "the object has been modified"),
                row(Update, "buildjobs", 404, RefusalKind.Overtaken, "buildjobs \"a\" not found"),
                // Size.
                row(
                        Create,
                        "configmaps",
                        422,
                        RefusalKind.InvalidEnvironment,
                        "ConfigMap \"lists-0\" is invalid: []: Too long: may not be more than 1048576 bytes"),
                row(
                        Create,
                        "configmaps",
                        413,
                        RefusalKind.InvalidEnvironment,
                        "Request entity too large: limit is 3145728"),
                row(Create, "configmaps", 500, RefusalKind.InvalidEnvironment, "etcdserver: request is too large"),
                pod(413, RefusalKind.TooLarge, "Request entity too large: limit is 3145728"),
                pod(500, RefusalKind.TooLarge, "etcdserver: request is too large"),
                pod(
                        500,
                        RefusalKind.TooLarge,
                        "rpc error: code = ResourceExhausted desc = trying to send message larger than max (2097283"
                                + " vs. 2097152)"),
                row(Update, "buildjobs", 500, RefusalKind.TooLarge, "etcdserver: request is too large"),
                // Quota and limit range.
                pod(
                        403,
                        RefusalKind.QuotaExceeded,
                        "pods \"zlib-1\" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2,"
                                + " limited: pods=2"),
                pod(
                        403,
                        RefusalKind.QuotaExceeded,
                        "pods \"zlib-1\" is forbidden: failed quota: small: must specify limits.cpu"),
                pod(
                        403,
                        RefusalKind.QuotaExceeded,
                        "pods \"zlib-1\" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi"),
                pod(
                        403,
                        RefusalKind.QuotaExceeded,
                        "pods \"zlib-1\" is forbidden: minimum cpu usage per Pod is 2, but request is 1"),
                pod(
                        403,
                        RefusalKind.QuotaExceeded,
                        "pods \"zlib-1\" is forbidden: cpu max limit to request ratio per Container is 2, but provided"
                                + " ratio is 4.000000"),
                budget(
                        403,
                        RefusalKind.QuotaExceeded,
                        "poddisruptionbudgets \"a\" is forbidden: exceeded quota: small, requested:"
                                + " count/poddisruptionbudgets.policy=1"),
                pod(422, RefusalKind.QuotaExceeded, LIMITED, FieldAuthor.Namespace),
                pod(403, RefusalKind.QuotaExceeded, "pods \"zlib-1\" is forbidden: something that is not known yet"),
                pod(400, RefusalKind.QuotaExceeded, "something that is not known yet"),
                // Policies and webhooks, which answer by any code.
                pod(
                        403,
                        RefusalKind.AdmissionDenied,
                        "pods \"zlib-1\" is forbidden: violates PodSecurity \"restricted:latest\": privileged"),
                pod(
                        403,
                        RefusalKind.AdmissionDenied,
                        "pods \"a\" is forbidden: unable to create new content in namespace x because it is being"
                                + " terminated"),
                pod(404, RefusalKind.AdmissionDenied, "namespaces \"x\" not found"),
                pod(
                        400,
                        RefusalKind.AdmissionDenied,
                        "admission webhook \"validate.kyverno.svc-fail\" denied the request: image registry is not"
                                + " allowed"),
                pod(422, RefusalKind.AdmissionDenied, "admission webhook \"v.example\" denied the request: no"),
                pod(500, RefusalKind.AdmissionDenied, "admission webhook \"v.example\" denied the request: no"),
                pod(
                        422,
                        RefusalKind.AdmissionDenied,
                        "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: no"),
                pod(
                        422,
                        RefusalKind.AdmissionDenied,
                        "Pod \"a\" is invalid: spec.initContainers[0].image: Required value",
                        FieldAuthor.Nobody),
                row(
                        Update,
                        "buildjobs",
                        422,
                        RefusalKind.AdmissionDenied,
                        "admission webhook \"v.example\" denied the request: no"),
                // Whoever wrote the field.
                // What a job has written is repeated by whoever refuses it.
                arguments(
                        Create,
                        "pods",
                        422,
                        "Invalid",
                        Set.of(FieldAuthor.Job),
                        RefusalKind.InvalidSpec,
                        "Pod \"a\" is invalid: spec.containers[0].image: Invalid value: \" pods \"b\" is forbidden: no"
                                + " PriorityClass with name fast was found\": must not have whitespace"),
                pod(
                        403,
                        RefusalKind.AdmissionDenied,
                        "admission webhook \"images\" denied the request: not from here: pods \"b\" is forbidden: no"
                                + " PriorityClass with name fast was found"),
                pod(
                        403,
                        RefusalKind.InvalidPolicy,
                        "pods \"a\" is forbidden: no PriorityClass with name fast was found"),
                // Of this namespace only, whatever others permit.
                pod(
                        403,
                        RefusalKind.PolicyNotPermitted,
                        "pods \"a\" is forbidden: pods with system-cluster-critical priorityClass is not permitted in"
                                + " team-a namespace"),
                pod(
                        422,
                        RefusalKind.InvalidPolicy,
                        "Pod \"a\" is invalid: spec.tolerations[0].operator: Invalid value: \"Equal\"",
                        FieldAuthor.Policy),
                pod(422, RefusalKind.InvalidPolicy, "two things are wrong", FieldAuthor.Policy, FieldAuthor.Job),
                pod(
                        422,
                        RefusalKind.InvalidEnvironment,
                        "Pod \"a\" is invalid: spec.containers[0].image: Invalid value: \" x\"",
                        FieldAuthor.Environment),
                pod(
                        422,
                        RefusalKind.WrongWorker,
                        "Pod \"a\" is invalid: metadata.labels: Invalid value: must be no more than 63 characters",
                        FieldAuthor.Worker),
                pod(
                        422,
                        RefusalKind.InvalidSpec,
                        "Pod \"a\" is invalid: spec.containers[0].volumeMounts[4].mountPath: Required value",
                        FieldAuthor.Job),
                pod(422, RefusalKind.InvalidSpec, "the pod is invalid"));
    }

    private static String forbidden(String resource) {
        return resource + " is forbidden: User \"system:serviceaccount:default:operator-a\" cannot create resource \""
                + resource + "\" in API group \"\" in the namespace \"default\"";
    }

    private static Arguments pod(int code, RefusalKind kind, String says, FieldAuthor... authors) {
        return arguments(Create, "pods", code, "", Set.of(authors), kind, says);
    }

    private static Arguments budget(int code, RefusalKind kind, String says) {
        return row(Create, "poddisruptionbudgets", code, kind, says);
    }

    private static Arguments row(Verb verb, String resource, int code, RefusalKind kind, String says) {
        return arguments(verb, resource, code, "", Set.of(), kind, says);
    }
}
