package dev.smartdispatcher.operator.client.refusal;

import dev.smartdispatcher.operator.client.refusal.ApiRefusal.Verb;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The one table of what refusals of the API server mean, by (verb, resource, code, cause). The first row that applies counts.
 * Causes are told by the answer's reason and fields where it has them, else by the sentences of kube-apiserver (v1.36), which
 * are the only thing that tells a quota from a webhook.
 */
final class RefusalTable {
    private static final int ANY = -1;
    private static final String ALL = "*";

    private static final Row OTHERS = new Row(Optional.empty(), ALL, ANY, r -> true, Meaning.AdmissionDenied);

    private static final List<Row> ROWS = List.of(
            // No answer, or none about the object.
            row(ALL, 0, Meaning.AskAgain),
            row(ALL, 429, Meaning.AskAgain),
            row(ALL, 403, says("not yet ready to handle request"), Meaning.AskAgain),
            row(ALL, 401, Meaning.NotAuthorized),
            row(ALL, 403, says("User \".*\" cannot [a-z]+ resource \""), Meaning.NotAuthorized),
            // Whoever keeps an object from being deleted says nothing of what the object holds.
            row(Verb.Delete, 409, Meaning.Overtaken),
            new Row(Optional.of(Verb.Delete), ALL, ANY, r -> r.code() < 500, Meaning.AdmissionDenied),
            // Of an object that is there, or that is another: also the quota's own object, while somebody else changes
            // it.
            row(Verb.Create, 409, r -> r.reason().equals("AlreadyExists"), Meaning.AlreadyThere),
            row(Verb.Create, 409, Meaning.AskAgain),
            row(Verb.Update, 409, Meaning.Overtaken),
            row(Verb.Update, 404, Meaning.Overtaken),
            // Too large for a request, for a ConfigMap, or for etcd, which says so by an internal error.
            row("configmaps", ANY, says("Too long: |[Tt]oo large|message larger than max"), Meaning.InvalidEnvironment),
            row("configmaps", 413, Meaning.InvalidEnvironment),
            row(ALL, 413, Meaning.TooLarge),
            row(ALL, ANY, says("request is too large|message larger than max"), Meaning.TooLarge),
            // Admission, which may deny by any code.
            row(
                    ALL,
                    403,
                    says("^pods \"[^\"]*\" is forbidden: no PriorityClass with name [^ ]+ was found$"),
                    Meaning.InvalidPolicy),
            // By quotas of the one namespace, or for it is not the cluster's own.
            row(
                    ALL,
                    403,
                    says("^pods \"[^\"]*\" is forbidden: (?:pods with )?[^ ]+ priorityClass is not permitted in [^ ]+"
                            + " namespace$"),
                    Meaning.PolicyNotPermitted),
            row(ALL, 403, says("exceeded quota: |failed quota: "), Meaning.QuotaExceeded),
            row(
                    ALL,
                    403,
                    says("(?:maximum|minimum) [-a-z./]+ (?:usage )?per (?:Container|Pod)|max limit to request ratio"
                            + " per"),
                    Meaning.QuotaExceeded),
            row(ALL, ANY, says("admission webhook \".*\" denied the request"), Meaning.AdmissionDenied),
            row(ALL, ANY, says("AdmissionPolicy '.*' with binding '.*' denied request"), Meaning.AdmissionDenied),
            row(
                    ALL,
                    403,
                    says("violates PodSecurity|NamespaceTerminating|is being terminated"),
                    Meaning.AdmissionDenied),
            row(ALL, 404, Meaning.AdmissionDenied),
            row(ALL, 403, Meaning.QuotaExceeded),
            row(ALL, 400, Meaning.QuotaExceeded),
            // Validation: whoever wrote the field. The job is at fault only if nobody else is.
            row("pods", 422, blames(Author.Policy), Meaning.InvalidPolicy),
            row("pods", 422, blames(Author.Environment), Meaning.InvalidEnvironment),
            row("pods", 422, blames(Author.Worker), Meaning.WrongWorker),
            row("pods", 422, blames(Author.Namespace), Meaning.QuotaExceeded),
            row("pods", 422, blames(Author.Nobody), Meaning.AdmissionDenied),
            row("pods", 422, blames(Author.Job), Meaning.InvalidSpec),
            row("pods", 422, says("denied|forbidden|[Pp]olicy|webhook"), Meaning.AdmissionDenied),
            row("pods", 422, Meaning.InvalidSpec),
            row("configmaps", 422, Meaning.InvalidEnvironment),
            row(ALL, 422, Meaning.AdmissionDenied),
            new Row(Optional.empty(), ALL, ANY, r -> r.code() >= 500, Meaning.AskAgain));

    private RefusalTable() {}

    private record Row(Optional<Verb> verb, String resource, int code, Predicate<ApiRefusal> cause, Meaning meaning) {
        private boolean applies(ApiRefusal refusal) {
            return verb.filter(v -> v != refusal.verb()).isEmpty()
                    && (resource.equals(ALL) || resource.equals(refusal.resource()))
                    && (code == ANY || code == refusal.code())
                    && cause.test(refusal);
        }
    }

    static Meaning meaning(ApiRefusal refusal) {
        return ROWS.stream()
                .filter(row -> row.applies(refusal))
                .findFirst()
                .orElse(OTHERS)
                .meaning();
    }

    private static Row row(String resource, int code, Meaning meaning) {
        return row(resource, code, r -> true, meaning);
    }

    private static Row row(String resource, int code, Predicate<ApiRefusal> cause, Meaning meaning) {
        return new Row(Optional.empty(), resource, code, cause, meaning);
    }

    private static Row row(Verb verb, int code, Meaning meaning) {
        return row(verb, code, r -> true, meaning);
    }

    private static Row row(Verb verb, int code, Predicate<ApiRefusal> cause, Meaning meaning) {
        return new Row(Optional.of(verb), ALL, code, cause, meaning);
    }

    /**
     * Not where it names fields: it then repeats what is in them, which a job may have written. A denial by others may repeat it,
     * too: what concerns other tenants is told by the whole sentence.
     */
    private static Predicate<ApiRefusal> says(String pattern) {
        var compiled = Pattern.compile(pattern);
        return refusal -> refusal.authors().isEmpty()
                && compiled.matcher(refusal.message()).find();
    }

    private static Predicate<ApiRefusal> blames(Author author) {
        return refusal -> refusal.authors().contains(author);
    }
}
