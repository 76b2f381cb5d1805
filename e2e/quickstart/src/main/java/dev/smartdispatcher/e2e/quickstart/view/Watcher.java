package dev.smartdispatcher.e2e.quickstart.view;

import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.operator.view.JobView;
import dev.smartdispatcher.operator.view.WorkerView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Watches jobs and workers as a user does, and shows every change. */
public final class Watcher implements AutoCloseable {
    private final KubernetesClient client;
    private final SharedIndexInformer<BuildJob> jobs;
    private final SharedIndexInformer<BuildWorker> workers;
    private final Predicate<String> simulated;
    private final Screen screen;

    public Watcher(KubernetesClient client, Predicate<String> simulated, Screen screen) {
        this.client = client;
        this.simulated = simulated;
        this.screen = screen;
        jobs = client.resources(BuildJob.class).inAnyNamespace().runnableInformer(0);
        workers = client.resources(BuildWorker.class).runnableInformer(0);
        jobs.addEventHandler(onChange(this::show));
        workers.addEventHandler(onChange(this::show));
        workers.run();
        jobs.run();
    }

    /** The jobs, oldest first. */
    public List<BuildJob> jobs() {
        return sorted(jobs.getStore().list()).toList();
    }

    public List<JobView> jobViews() {
        return jobs().stream().map(Watcher::view).toList();
    }

    private List<ShownWorker> shownWorkers() {
        return shown(workers.getStore().list());
    }

    private static Stream<BuildJob> sorted(List<BuildJob> jobs) {
        return jobs.stream()
                .sorted(Comparator.comparing((BuildJob j) -> j.getMetadata().getCreationTimestamp())
                        .thenComparing(j -> j.getMetadata().getNamespace())
                        .thenComparing(j -> j.getMetadata().getName()));
    }

    private List<ShownWorker> shown(List<BuildWorker> found) {
        return found.stream()
                .sorted(Comparator.comparing(w -> w.getMetadata().getName()))
                .map(this::shown)
                .toList();
    }

    private ShownWorker shown(BuildWorker worker) {
        var name = worker.getMetadata().getName();
        return new ShownWorker(WorkerView.of(name, worker.getStatus()), simulated.test(name));
    }

    private static JobView view(BuildJob job) {
        return JobView.of(job.getMetadata(), job.getStatus());
    }

    /**
     * What a run came to. Asked of the API server, since the watch may lag behind what the scenario has seen already; the
     * workers' allocations follow the last end within seconds, and are waited for.
     */
    public Report report(List<Report.Check> checks, List<String> refused) throws InterruptedException {
        var patience = Instant.now().plusSeconds(10);
        while (listWorkers().stream().anyMatch(worker -> worker.view().busy())
                && Instant.now().isBefore(patience)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        var ended = client.resources(BuildJob.class).inAnyNamespace().list().getItems();
        return new Report(sorted(ended).map(ReportedJob::of).toList(), listWorkers(), checks, refused);
    }

    private List<ShownWorker> listWorkers() {
        return shown(client.resources(BuildWorker.class).list().getItems());
    }

    private synchronized void show(BuildJob job) {
        screen.job(view(job), jobViews(), shownWorkers());
    }

    private synchronized void show(BuildWorker worker) {
        screen.worker(shown(worker), jobViews(), shownWorkers());
    }

    public synchronized void say(String text) {
        screen.say(text);
    }

    private static <T extends HasMetadata> ResourceEventHandler<T> onChange(Consumer<T> show) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                show.accept(object);
            }

            @Override
            public void onUpdate(T old, T object) {
                show.accept(object);
            }

            @Override
            public void onDelete(T object, boolean unknown) {}
        };
    }

    @Override
    public void close() {
        jobs.stop();
        workers.stop();
    }
}
