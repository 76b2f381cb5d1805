package dev.smartdispatcher.e2e.quickstart;

import dev.smartdispatcher.api.Annotations;
import dev.smartdispatcher.api.Reason;
import dev.smartdispatcher.api.job.BuildJob;
import dev.smartdispatcher.api.job.status.Attempt;
import dev.smartdispatcher.api.job.status.BuildJobStatus;
import dev.smartdispatcher.api.job.status.MemoryBasis;
import dev.smartdispatcher.api.worker.BuildWorker;
import dev.smartdispatcher.api.worker.BuildWorkerStatus;
import dev.smartdispatcher.e2e.quickstart.view.Report;
import dev.smartdispatcher.e2e.quickstart.view.Watcher;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The guided tour over {@code examples/}: applies them in steps, does what an administrator would, and looks. */
final class Scenario {
    private static final String BOARD = "board";
    private static final String SERVER = "server";
    private static final int BATCH = 10;

    private final Farm farm;
    private final Watcher watcher;
    private final List<Manifest> manifests;
    private final Waits waits;
    private final List<Report.Check> checks = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    Scenario(Farm farm, Watcher watcher, List<Manifest> manifests) {
        this.farm = farm;
        this.watcher = watcher;
        this.manifests = manifests;
        this.waits = new Waits(farm.client());
    }

    List<Report.Check> checks() {
        return List.copyOf(checks);
    }

    List<String> refused() {
        return List.copyOf(refused);
    }

    void play() {
        apply("00-farm");
        watcher.say(
                "Ordinary builds: a compile, the same package on two kinds of worker, three that go wrong, three that"
                        + " nobody can take");
        apply("10-builds");
        List.of("crds-jar", "zlib-on-i586", "zlib-on-armv7l", "fails", "too-long", "flaky")
                .forEach(waits::finished);
        compile();
        lists();
        install();
        lone();
        batch();
        heavy();
        drain();
        workerChecks();
        profiles();
    }

    private void compile() {
        check("the compiled jar is in the claim", Files.exists(result("crds-jar", "crds.jar")));
    }

    private void lists() {
        var onI586 = read(result("zlib-on-i586", "install")) + read(result("zlib-on-i586", "preinstall"));
        var onArm = read(result("zlib-on-armv7l", "install")) + read(result("zlib-on-armv7l", "preinstall"));
        var extra = List.of("cross-armv7l-gcc", "cross-armv7l-binutils", "rpm-x86", "bash-x86");
        check(
                "the i586 host got the cross compilers, rpm-x86 and bash-x86, the armv7l host none of them",
                extra.stream().allMatch(onI586.lines().toList()::contains)
                        && extra.stream().noneMatch(onArm.lines().toList()::contains));
        check(
                "on the i586 host rpm and bash are preinstalled and never reinstalled",
                read(result("zlib-on-i586", "no-install")).equals("rpm\nbash\n")
                        && read(result("zlib-on-armv7l", "no-install")).isEmpty());
    }

    private void install() {
        var missing = Packages.missing();
        if (!missing.isEmpty()) {
            watcher.say("No packages are installed here: that takes " + missing);
            return;
        }
        watcher.say("A build whose packages are installed first, into a root of its own, by a user who is not root");
        apply("25-install");
        waits.finished("greeting");
        check(
                "the build ran what only its root has, set up by the package's own script",
                read(result("greeting", "greeting")).equals("good morning\n"));
        check(
                "what was installed is in the results",
                read(result("greeting", "installed")).equals("greeting\t1\tall\nshell\t1\tall\n"));
    }

    private void lone() {
        watcher.say("A lone build on an idle worker of sixteen cores");
        apply("20-lone");
        waits.finished("lone");
        check("the lone build got all 16 cores", processes("lone") == 16);
    }

    private void batch() {
        watcher.say("Ten builds at once, for a worker that is opened for them by a label");
        apply("30-batch");
        IntStream.rangeClosed(1, BATCH).forEach(i -> waits.job("batch-" + i, s -> s.waiting() != null));
        patchWorker(SERVER, "labels", "smartdispatcher.dev/batch", "\"open\"");
        var all = IntStream.rangeClosed(1, BATCH).mapToObj(i -> "batch-" + i).toList();
        all.forEach(waits::finished);
        var ns = all.stream().map(this::processes).toList();
        check("the ten shared the worker: N = " + ns, ns.stream().allMatch(n -> n >= 1 && n <= 2));
    }

    private void heavy() {
        watcher.say("A heavy build waits for room; a light one passes it only where it cannot delay it");
        apply("40-heavy/1");
        waits.job("occupier", s -> s.holds(BuildJobStatus.RUNNING));
        apply("40-heavy/2");
        waits.job(
                "kernel", s -> s.waiting() != null && SERVER.equals(s.waiting().reservedWorker()));
        apply("40-heavy/3");
        List.of("light-quick", "kernel", "light-unknown").forEach(waits::finished);
        var kernel = dispatched("kernel");
        check(
                "the light build of known length ran before the heavy one",
                dispatched("light-quick").isBefore(kernel));
        check(
                "the light build of unknown length did not",
                !dispatched("light-unknown").isBefore(kernel));
        check("the heavy build got at least its 12 cores", processes("kernel") >= 12);
    }

    private void drain() {
        watcher.say("The board is drained in the middle of a build");
        apply("50-drain/1");
        waits.job("board-running", s -> s.holds(BuildJobStatus.RUNNING));
        patchWorker(BOARD, "annotations", Annotations.DRAIN, "\"new power supply\"");
        waits.until(worker(BOARD), w -> reason(w, BuildWorkerStatus.SCHEDULABLE).equals(Reason.Draining.name()));
        apply("50-drain/2");
        check(
                "nothing new starts there",
                waits.job(
                        "board-next",
                        s -> s.waiting() != null && s.waiting().message().contains("Draining")));
        check("the running build finished", waits.job("board-running", s -> s.holds(BuildJobStatus.COMPLETE)));
        check("then the board is Drained", waits.until(worker(BOARD), w -> w.getStatus()
                .condition(BuildWorkerStatus.DRAINED)
                .filter(c -> c.holds())
                .isPresent()));
        watcher.say("The drain is taken back");
        patchWorker(BOARD, "annotations", Annotations.DRAIN, "null");
        check("and it works again", waits.job("board-next", s -> s.holds(BuildJobStatus.COMPLETE)));
    }

    private void profiles() {
        watcher.say("A build runs out of memory; what is learned from it raises what the next one of the package gets");
        apply("70-profiles/1");
        check(
                "it was repeated with more",
                waits.job(
                        "greedy",
                        s -> s.holds(BuildJobStatus.COMPLETE)
                                && s.attempts().get(0).outcome() == Reason.OutOfMemory));
        check(
                "its memory is in a BuildProfile",
                waits.profile(
                        "greedy",
                        profile -> profile.memory() != null && profile.memory().runs() > 0));
        apply("70-profiles/2");
        waits.finished("greedy-again");
        var again = status("greedy-again");
        check(
                "the next build of the package got enough at once: "
                        + (again.allocation() == null
                                ? "nothing"
                                : again.allocation().memory()),
                again.attempts().size() == 1 && again.allocation().basis() == MemoryBasis.Profile);
    }

    private void workerChecks() {
        watcher.say("A check of workers, which the board fails: a build that asks for it does not start there");
        apply("55-checks/1");
        check("the board fails the check, and says how much it found", checked(BOARD, false));
        check("the server passes it", checked(SERVER, true));
        apply("55-checks/2");
        check("the build that asks for it runs on the server", waits.finished("on-checked"));
        check(
                "the build for the board waits for it",
                waits.job(
                        "on-failed",
                        s -> s.waiting() != null
                                && s.waiting().message().contains(Reason.CheckNotPassed.name())
                                && s.waiting().message().contains("board failed second-disk")));
    }

    private boolean checked(String name, boolean passed) {
        return waits.until(
                worker(name),
                w -> w.getStatus() != null
                        && w.getStatus().checks().stream()
                                .anyMatch(c -> Boolean.valueOf(passed).equals(c.passed())
                                        && c.attributes().containsKey("disks")));
    }

    private void apply(String prefix) {
        manifests.stream()
                .filter(m -> m.file().replace('\\', '/').contains("/" + prefix))
                .forEach(m -> farm.apply(m).ifPresent(refused::add));
    }

    /** As {@code kubectl label} and {@code kubectl annotate}: whatever else changes meanwhile. */
    private void patchWorker(String name, String map, String key, String json) {
        worker(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"" + map + "\":{\"" + key + "\":" + json + "}}}");
    }

    private Resource<BuildWorker> worker(String name) {
        return farm.client().resources(BuildWorker.class).withName(name);
    }

    private static String reason(BuildWorker worker, String type) {
        return worker.getStatus() == null
                ? ""
                : worker.getStatus().condition(type).map(c -> c.reason()).orElse("");
    }

    private BuildJobStatus status(String job) {
        KubernetesClient client = farm.client();
        var found = client.resources(BuildJob.class)
                .inNamespace("default")
                .withName(job)
                .get();
        return found == null || found.getStatus() == null ? BuildJobStatus.EMPTY : found.getStatus();
    }

    private int processes(String job) {
        return status(job).lastAttempt().map(Attempt::parallelism).orElse(0);
    }

    private Instant dispatched(String job) {
        return status(job).lastAttempt().map(Attempt::startTime).orElse(Instant.MAX);
    }

    private Path result(String job, String file) {
        var directory =
                status(job).results() == null ? "none" : status(job).results().directory();
        return farm.node().claim("default", "artifacts").resolve(directory).resolve(file);
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(String what, boolean holds) {
        checks.add(new Report.Check(what, holds));
    }
}
