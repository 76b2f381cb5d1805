package dev.smartdispatcher.operator.client.reading;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.stream.Stream;

/**
 * What of an object could not be read, and was left out of it. It is noted in the object's metadata, in a field that the API
 * server does not know: it neither sends nor keeps it.
 */
public final class Unreadable {
    private static final String NOTE = "unreadable";

    private Unreadable() {}

    /** Sentences that begin with the field, as {@code status.agent.cpu.threads: 99999999999 cannot be read}; none for most objects. */
    public static List<String> of(HasMetadata object) {
        var meta = object.getMetadata();
        return meta != null && meta.getAdditionalProperties().get(NOTE) instanceof List<?> problems
                ? problems.stream().map(String.class::cast).toList()
                : List.of();
    }

    /** The sentences about these parts of the object, as {@code status.attempts}, and about all that one of them is in. */
    public static List<String> of(HasMetadata object, String... parts) {
        return of(object).stream()
                .filter(problem -> Stream.of(parts).anyMatch(part -> isAbout(problem, part)))
                .toList();
    }

    private static boolean isAbout(String problem, String part) {
        var field = problem.substring(0, problem.indexOf(": "));
        return isWithin(field, part) || isWithin(part, field);
    }

    private static boolean isWithin(String field, String part) {
        return field.startsWith(part)
                && (field.length() == part.length()
                        || field.charAt(part.length()) == '.'
                        || field.charAt(part.length()) == '[');
    }

    /** Metadata without the note, to be written. */
    public static ObjectMeta forget(ObjectMeta meta) {
        meta.getAdditionalProperties().remove(NOTE);
        return meta;
    }

    /** Notes in other metadata of the same object what is noted in these. */
    public static void keep(ObjectMeta from, ObjectMeta to) {
        var note = from.getAdditionalProperties().get(NOTE);
        if (note != null) {
            to.getAdditionalProperties().put(NOTE, note);
        }
    }

    static void mark(HasMetadata object, List<String> problems) {
        if (object.getMetadata() == null) {
            object.setMetadata(new ObjectMeta());
        }
        object.getMetadata().getAdditionalProperties().put(NOTE, List.copyOf(problems));
    }
}
