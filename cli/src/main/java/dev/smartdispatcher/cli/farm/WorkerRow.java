package dev.smartdispatcher.cli.farm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.api.worker.ReservedFor;
import dev.smartdispatcher.api.worker.facts.Amounts;
import dev.smartdispatcher.cli.queue.JobRow;
import dev.smartdispatcher.operator.view.WorkerView;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A worker with its builds. What is not known is null.
 *
 * @param reservedFor NAMESPACE/JOB that room is kept for
 * @param builds that it has been given, as far as the user may see them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerRow(WorkerView view, String reservedFor, List<JobRow> builds) {
    /** By architecture, then name. */
    public static final Comparator<WorkerRow> IN_ORDER = Comparator.comparing(
                    (WorkerRow row) -> row.view().hostArch(), Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(row -> row.view().name());

    /** The row of a worker. */
    public static WorkerRow of(BuildWorker worker, List<JobRow> builds) {
        var status = Optional.ofNullable(worker.getStatus()).orElse(BuildWorkerStatus.EMPTY);
        return new WorkerRow(
                WorkerView.of(worker.getMetadata().getName(), status),
                Optional.ofNullable(status.reservedFor()).map(WorkerRow::name).orElse(null),
                builds);
    }

    /** As {@code 2/8}: what its builds were given of its budget; null if it has none. */
    public String jobs() {
        return used(amounts -> amounts.jobs() == null ? null : amounts.jobs().toString());
    }

    /** The same of its cores. */
    public String cpu() {
        return used(amounts -> text(amounts.cpu()));
    }

    /** The same of its memory. */
    public String memory() {
        return used(amounts -> text(amounts.memory()));
    }

    /** The same of its disk. */
    public String disk() {
        return used(amounts -> text(amounts.disk()));
    }

    /** As {@code team-a/zlib -j4 3m of ~10m, team-b/gcc -j8}. */
    public String buildsText() {
        return builds.stream()
                .map(build -> build.view().namespace() + "/" + build.view().name() + " -j"
                        + build.view().parallelism()
                        + (build.elapsed() == null ? "" : " " + build.elapsed()))
                .collect(Collectors.joining(", "));
    }

    private String used(Function<Amounts, String> amount) {
        if (view.budget() == null || amount.apply(view.budget()) == null) {
            return null;
        }
        var given = Optional.ofNullable(view.allocation()).map(amount).orElse("0");
        return given + "/" + amount.apply(view.budget());
    }

    private static String text(Quantity quantity) {
        return quantity == null ? null : quantity.toString();
    }

    private static String name(ReservedFor job) {
        return job.namespace() + "/" + job.name();
    }
}
