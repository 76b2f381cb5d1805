package dev.smartdispatcher.e2e.bench.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * A farm as they are: many x86_64 hosts of all sizes, fewer of other architectures, small boards; jobs of some twenty
 * tenants, most for x86_64, with memory that is different for nearly every package, and some with demands on flags, kernel,
 * mode or pool. From a seed, as manifests.
 */
final class GeneratedFarm {
    private static final String API = "smartdispatcher.dev/v1alpha1";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int TENANTS = 20;
    private static final int DAY = 86_400;

    /** Host architecture, cores, GiB, part of the fleet in percent. */
    private record Model(String arch, int cores, int gib, int percent) {}

    private static final List<Model> MODELS = List.of(
            new Model("x86_64", 64, 256, 10),
            new Model("x86_64", 32, 96, 20),
            new Model("x86_64", 16, 48, 25),
            new Model("x86_64", 8, 16, 10),
            new Model("aarch64", 64, 128, 8),
            new Model("aarch64", 16, 32, 9),
            new Model("ppc64le", 32, 128, 5),
            new Model("s390x", 8, 32, 3),
            new Model("armv7l", 4, 2, 6),
            new Model("riscv64", 4, 16, 4));

    /** Target architecture and its part of the jobs in percent. */
    private record Target(String arch, int percent) {}

    private static final List<Target> TARGETS = List.of(
            new Target("x86_64", 50),
            new Target("i586", 12),
            new Target("aarch64", 18),
            new Target("ppc64le", 8),
            new Target("s390x", 4),
            new Target("armv7l", 6),
            new Target("riscv64", 2));

    private final Random random;
    private final Instant now;
    private final Views views;

    private GeneratedFarm(long seed, Instant now) {
        random = new Random(seed);
        this.now = now;
        views = new Views(now);
    }

    /** The farm of a case: where nothing fits no worker is large enough for any job. */
    static Farm of(CaseName name, long seed, Instant now) {
        var farm = new GeneratedFarm(seed, now);
        boolean distinct = name.kind().equals("distinct");
        farm.views.add(environment());
        for (int i = 0; i < name.workers(); i++) {
            farm.views.add(distinct ? fast(farm.worker(i), name.jobs()) : farm.worker(i));
        }
        for (int i = 0; i < name.jobs(); i++) {
            farm.views.add(distinct ? distinct(i) : farm.job(i, name.kind().equals("nothingFits")));
        }
        return farm.views.farm();
    }

    private static ObjectNode object(String kind, String name) {
        var object = JSON.objectNode().put("apiVersion", API).put("kind", kind);
        object.putObject("metadata").put("name", name);
        return object;
    }

    private static ObjectNode environment() {
        var environment = object("BuildEnvironment", "debian");
        var spec = environment.putObject("spec").put("image", "local.test/debian");
        var rule = spec.putArray("rules").addObject().put("name", "arm-cross");
        var when = rule.putObject("when");
        when.putArray("hostArch").add("x86_64");
        when.putArray("targetArch").add("armv7l");
        when.putArray("modes").add("Cross");
        return environment;
    }

    private ObjectNode worker(int number) {
        var model = model();
        var worker = object("BuildWorker", "worker-%05d".formatted(number));
        ((ObjectNode) worker.get("metadata"))
                .putObject("labels")
                .put("smartdispatcher.dev/pool", random.nextInt(5) == 0 ? "fast" : "common");
        worker.putObject("spec");
        var agent = worker.putObject("status").putObject("agent");
        agent.put("observedTime", now.toString()).put("hostArch", model.arch());
        var targets = agent.putArray("targets");
        targets.addObject().put("arch", model.arch()).put("mode", "Native");
        if (model.arch().equals("x86_64")) {
            targets.addObject().put("arch", "i586").put("mode", "Compat");
            if (random.nextInt(4) == 0) {
                targets.addObject().put("arch", "aarch64").put("mode", "Emulated");
            }
        }
        var flags = agent.putObject("cpu").put("threads", model.cores()).putArray("flags");
        flags.add("fpu").add("sse4_2");
        if (random.nextInt(3) > 0) {
            flags.add("avx2");
        }
        int speed = 60 + random.nextInt(100);
        agent.putObject("speedIndex").put("single", speed).put("all", speed * model.cores());
        agent.putObject("kernel")
                .put("version", random.nextBoolean() ? "5.10.0" : "6.1.0")
                .put("flavor", "default");
        agent.putObject("recommendedLimits")
                .put("cpu", Integer.toString(model.cores()))
                .put("memory", model.gib() + "Gi")
                .put("disk", "400Gi");
        return worker;
    }

    /** Faster than any job asks for. */
    private static ObjectNode fast(ObjectNode worker, int speed) {
        ((ObjectNode) worker.at("/status/agent/speedIndex")).put("single", speed);
        return worker;
    }

    /** Asks for what nobody else asks for. */
    private static ObjectNode distinct(int number) {
        var job = object("BuildJob", "job-%06d".formatted(number));
        ((ObjectNode) job.get("metadata")).put("namespace", "team-00").put("uid", "uid-%06d".formatted(number));
        var spec = job.putObject("spec").put("environment", "debian").put("targetArch", "x86_64");
        spec.putArray("args").add("make");
        spec.putObject("requires").put("minSpeed", 1 + number);
        return job;
    }

    private Model model() {
        int percent = random.nextInt(100);
        for (var model : MODELS) {
            percent -= model.percent();
            if (percent < 0) {
                return model;
            }
        }
        throw new IllegalStateException("the parts of the models do not add up to 100 percent");
    }

    private ObjectNode job(int number, boolean hopeless) {
        var job = object("BuildJob", "job-%06d".formatted(number));
        ((ObjectNode) job.get("metadata"))
                .put("namespace", "team-%02d".formatted(tenant()))
                .put("uid", "uid-%06d".formatted(number))
                .put("creationTimestamp", now.minusSeconds(random.nextInt(DAY)).toString());
        var spec = job.putObject("spec").put("environment", "debian").put("targetArch", target());
        spec.putArray("args").add("make");
        int least = random.nextInt(10) == 0 ? 4 : 1;
        spec.putObject("parallelism").put("min", least).put("max", least * (1 + random.nextInt(16)));
        var resources = spec.putObject("resources");
        resources
                .putObject("memory")
                .put("base", (hopeless ? 4_000_000 : mebibytes(256)) + "Mi")
                .put("perProcess", mebibytes(160) + "Mi");
        resources.putObject("disk").put("size", 1 + random.nextInt(8) + "Gi");
        spec.put("expense", random.nextInt(10) == 0 ? "Heavy" : "Normal");
        spec.put("priority", random.nextInt(20) == 0 ? random.nextInt(10) : 0);
        if (random.nextInt(3) == 0) {
            spec.put("activeDeadlineSeconds", 600 + random.nextInt(10) * 600);
        }
        demand(spec.putObject("requires"));
        return job;
    }

    /** Three of ten jobs demand something beyond their target. */
    private void demand(ObjectNode requires) {
        switch (random.nextInt(20)) {
            case 0, 1 -> requires.putObject("cpuFlags").putArray("all").add("avx2");
            case 2 -> requires.putObject("kernel").put("minVersion", "6.0");
            case 3, 4 -> requires.putArray("modes").add("Native").add("Compat").add("Cross");
            case 5 ->
                requires.putObject("workerSelector").putObject("matchLabels").put("smartdispatcher.dev/pool", "fast");
            default -> {}
        }
    }

    /** Zipf: the second has half as many jobs as the first, the third a third. */
    private int tenant() {
        double at = random.nextDouble() * harmonic();
        int tenant = 0;
        while (tenant < TENANTS - 1 && (at -= 1.0 / (tenant + 1)) > 0) {
            tenant++;
        }
        return tenant;
    }

    private static double harmonic() {
        double sum = 0;
        for (int i = 1; i <= TENANTS; i++) {
            sum += 1.0 / i;
        }
        return sum;
    }

    private String target() {
        int percent = random.nextInt(100);
        for (var target : TARGETS) {
            percent -= target.percent();
            if (percent < 0) {
                return target.arch();
            }
        }
        throw new IllegalStateException("the parts of the targets do not add up to 100 percent");
    }

    /** Lognormal around a median, with a sigma of 0.7. */
    private long mebibytes(int median) {
        return Math.round(median * Math.exp(0.7 * random.nextGaussian()));
    }
}
