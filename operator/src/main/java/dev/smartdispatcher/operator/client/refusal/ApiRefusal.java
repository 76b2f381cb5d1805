package dev.smartdispatcher.operator.client.refusal;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the API server answered in place of doing a write.
 *
 * @param resource plural name of the kind, as {@code pods}
 * @param code HTTP status; 0 where there was no answer
 * @param reason the answer's machine-readable reason; empty if it has none
 * @param message what it says
 * @param authors whose fields it finds wrong, where it names fields
 */
public record ApiRefusal(
        Verb verb, String resource, int code, String reason, String message, Set<FieldAuthor> authors) {
    /** The write that was refused. */
    public enum Verb {
        Create,
        Update,
        Delete
    }

    /**
     * A field that the API server finds wrong.
     *
     * @param path as {@code spec.containers[0].image}
     * @param message what is wrong, with the value in quotes in many cases
     */
    public record Cause(String path, String message) {}

    /** How kube-apiserver begins when it finds fields wrong. Others may repeat what a job has written, behind their own words. */
    private static final Pattern INVALID = Pattern.compile("^[A-Za-z.]+ \"[^\"]*\" is invalid: ");
    /** One cause of those that it lists then, in brackets where there are several. */
    private static final Pattern LISTED =
            Pattern.compile("(?:is invalid: \\[?|, )((?:metadata|spec|data)[A-Za-z0-9_.\\[\\]/\"-]*): ([A-Z][a-z]+.*?)"
                    + "(?=, (?:metadata|spec|data)[A-Za-z0-9_.\\[\\]/\"-]*: [A-Z]|\\]?$)");

    public ApiRefusal {
        authors = Set.copyOf(authors);
    }

    /**
     * The fields that a refusal names: as it lists them, else as its sentence does if it is kube-apiserver's own: none
     * that a webhook or an admission policy only quotes.
     *
     * @param listed the answer's {@code details.causes}, without those that name no field
     */
    public static List<Cause> causes(List<Cause> listed, String message) {
        return listed.isEmpty() && INVALID.matcher(message).find()
                ? LISTED.matcher(message)
                        .results()
                        .map(m -> new Cause(m.group(1), m.group(2)))
                        .collect(Collectors.toList())
                : listed;
    }

    /**
     * Whether the write may have been done for all that, or may yet be: there was no answer, or none of those who decide. Where a
     * webhook fails, nothing is stored.
     */
    public boolean mayBeDone() {
        return code == 0
                || code == HttpURLConnection.HTTP_CLIENT_TIMEOUT
                || code >= HttpURLConnection.HTTP_INTERNAL_ERROR
                        && !message.startsWith("Internal error occurred: failed calling webhook");
    }

    /** What it means. */
    public RefusalKind kind() {
        return RefusalTable.kind(this);
    }
}
