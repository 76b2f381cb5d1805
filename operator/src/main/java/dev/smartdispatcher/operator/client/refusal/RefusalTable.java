package dev.smartdispatcher.operator.client.refusal;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The one table of what refusals of the API server mean, by (verb, resource, code, cause). The first row that applies counts.
 * Causes follow from the answer's reason and fields where it has them, else by the sentences of kube-apiserver (v1.36), which
 * are all that distinguishes a quota from a webhook.
 */
final class RefusalTable {
    private static final int ANY = -1;
    private static final String ALL = "*";

    private static final Row OTHERS = new Row(Optional.empty(), ALL, ANY, r -> true, RefusalKind.AdmissionDenied);

    private static final List<Row> ROWS = List.of(
            // No answer, or none about the object.
            row(ALL, 0, RefusalKind.AskAgain),
            row(ALL, 429, RefusalKind.AskAgain),
            row(ALL, 403, says("not yet ready to handle request"), RefusalKind.AskAgain),
            // The request was too long on its way: one that is sent now may be in time.
            row(
                    "pods",
                    403,
                    says(
                            "AdmissionPolicy '[^']*' with binding '[^']*' denied request: too late, the pod was to be created"
                                    + " before"),
                    RefusalKind.AskAgain),
            row(ALL, 401, RefusalKind.NotAuthorized),
            row(ALL, 403, says("User \".*\" cannot [a-z]+ resource \""), RefusalKind.NotAuthorized),
            // Whoever keeps an object from being deleted says nothing of what the object holds.
            row(Verb.Delete, 409, RefusalKind.Overtaken),
            new Row(Optional.of(Verb.Delete), ALL, ANY, r -> r.code() < 500, RefusalKind.AdmissionDenied),
            // Of an object that is there, or that is another: also the quota's own object, while somebody else changes
            // it.
            row(Verb.Create, 409, r -> r.reason().equals("AlreadyExists"), RefusalKind.AlreadyThere),
            row(Verb.Create, 409, RefusalKind.AskAgain),
            row(Verb.Update, 409, RefusalKind.Overtaken),
            row(Verb.Update, 404, RefusalKind.Overtaken),
            // Too large for a request, for a ConfigMap, or for etcd, which says so by an internal error.
            row(
                    "configmaps",
                    ANY,
                    says("Too long: |[Tt]oo large|message larger than max"),
                    RefusalKind.InvalidEnvironment),
            row("configmaps", 413, RefusalKind.InvalidEnvironment),
            row(ALL, 413, RefusalKind.TooLarge),
            row(ALL, ANY, says("request is too large|message larger than max"), RefusalKind.TooLarge),
            // Admission, which may deny by any code.
            row(
                    ALL,
                    403,
                    says("^pods \"[^\"]*\" is forbidden: no PriorityClass with name [^ ]+ was found$"),
                    RefusalKind.InvalidPolicy),
            // By quotas of the one namespace, or for it is not the cluster's own.
            row(
                    ALL,
                    403,
                    says("^pods \"[^\"]*\" is forbidden: (?:pods with )?[^ ]+ priorityClass is not permitted in [^ ]+"
                            + " namespace$"),
                    RefusalKind.PolicyNotPermitted),
            row(ALL, 403, says("exceeded quota: |failed quota: "), RefusalKind.QuotaExceeded),
            row(
                    ALL,
                    403,
                    says("(?:maximum|minimum) [-a-z./]+ (?:usage )?per (?:Container|Pod)|max limit to request ratio"
                            + " per"),
                    RefusalKind.QuotaExceeded),
            row(ALL, ANY, says("admission webhook \".*\" denied the request"), RefusalKind.AdmissionDenied),
            row(ALL, ANY, says("AdmissionPolicy '.*' with binding '.*' denied request"), RefusalKind.AdmissionDenied),
            row(
                    ALL,
                    403,
                    says("violates PodSecurity|NamespaceTerminating|is being terminated"),
                    RefusalKind.AdmissionDenied),
            row(ALL, 404, RefusalKind.AdmissionDenied),
            row(ALL, 403, RefusalKind.QuotaExceeded),
            row(ALL, 400, RefusalKind.QuotaExceeded),
            // Validation: whoever wrote the field. The job is at fault only if nobody else is.
            row("pods", 422, blames(FieldAuthor.Policy), RefusalKind.InvalidPolicy),
            row("pods", 422, blames(FieldAuthor.Environment), RefusalKind.InvalidEnvironment),
            row("pods", 422, blames(FieldAuthor.Worker), RefusalKind.WrongWorker),
            row("pods", 422, blames(FieldAuthor.Namespace), RefusalKind.QuotaExceeded),
            row("pods", 422, blames(FieldAuthor.Nobody), RefusalKind.AdmissionDenied),
            row("pods", 422, blames(FieldAuthor.Job), RefusalKind.InvalidSpec),
            row("pods", 422, says("denied|forbidden|[Pp]olicy|webhook"), RefusalKind.AdmissionDenied),
            row("pods", 422, RefusalKind.InvalidSpec),
            row("configmaps", 422, RefusalKind.InvalidEnvironment),
            row(ALL, 422, RefusalKind.AdmissionDenied),
            new Row(Optional.empty(), ALL, ANY, r -> r.code() >= 500, RefusalKind.AskAgain));

    private RefusalTable() {}

    private record Row(Optional<Verb> verb, String resource, int code, Predicate<ApiRefusal> cause, RefusalKind kind) {
        private boolean applies(ApiRefusal refusal) {
            return verb.filter(v -> v != refusal.verb()).isEmpty()
                    && (resource.equals(ALL) || resource.equals(refusal.resource()))
                    && (code == ANY || code == refusal.code())
                    && cause.test(refusal);
        }
    }

    static RefusalKind kind(ApiRefusal refusal) {
        return ROWS.stream()
                .filter(row -> row.applies(refusal))
                .findFirst()
                .orElse(OTHERS)
                .kind();
    }

    private static Row row(String resource, int code, RefusalKind kind) {
        return row(resource, code, r -> true, kind);
    }

    private static Row row(String resource, int code, Predicate<ApiRefusal> cause, RefusalKind kind) {
        return new Row(Optional.empty(), resource, code, cause, kind);
    }

    private static Row row(Verb verb, int code, RefusalKind kind) {
        return row(verb, code, r -> true, kind);
    }

    private static Row row(Verb verb, int code, Predicate<ApiRefusal> cause, RefusalKind kind) {
        return new Row(Optional.of(verb), ALL, code, cause, kind);
    }

    /**
     * Not where it names fields: it then repeats what is in them, which a job may have written. A denial by others may repeat it,
     * too: the whole sentence shows whether it concerns other tenants.
     */
    private static Predicate<ApiRefusal> says(String pattern) {
        var compiled = Pattern.compile(pattern);
        return refusal -> refusal.authors().isEmpty()
                && compiled.matcher(refusal.message()).find();
    }

    private static Predicate<ApiRefusal> blames(FieldAuthor author) {
        return refusal -> refusal.authors().contains(author);
    }
}
