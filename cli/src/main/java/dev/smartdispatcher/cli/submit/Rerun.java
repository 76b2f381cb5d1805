package dev.smartdispatcher.cli.submit;

import dev.smartdispatcher.api.job.BuildJob;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A job once more, under another name, so that the record of the first one stays. */
public final class Rerun {
    private static final Pattern RERUN = Pattern.compile("(?<first>.+)-r(?<number>[1-9][0-9]{0,3})");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private Rerun() {}

    /** The job with this name, and nothing of what became of it. */
    public static GenericKubernetesResource of(GenericKubernetesResource job, String name) {
        var old = job.getMetadata();
        var annotations =
                new HashMap<>(Optional.ofNullable(old.getAnnotations()).orElse(Map.of()));
        annotations.remove(LAST_APPLIED);
        var again = new GenericKubernetesResource();
        again.setApiVersion(job.getApiVersion());
        again.setKind(job.getKind());
        again.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withLabels(old.getLabels())
                .withAnnotations(annotations)
                .build());
        again.setAdditionalProperty("spec", wanted(job.getAdditionalProperties().get("spec")));
        return again;
    }

    /** Who wants a build once more does not want it stopped as the first one was. */
    private static Object wanted(Object spec) {
        if (!(spec instanceof Map<?, ?> fields)) {
            return spec;
        }
        var wanted = new LinkedHashMap<Object, Object>(fields);
        wanted.remove("cancelled");
        wanted.remove("suspend");
        return wanted;
    }

    /** The name after this one: {@code zlib-r2} after {@code zlib}, {@code zlib-r3} after that; cut to what a job's may have. */
    public static String next(String name) {
        var match = RERUN.matcher(name);
        boolean rerun = match.matches();
        var first = rerun ? match.group("first") : name;
        var end = "-r" + (rerun ? Integer.parseInt(match.group("number")) + 1 : 2);
        return first.substring(0, Math.min(first.length(), BuildJob.LONGEST_NAME - end.length())) + end;
    }
}
