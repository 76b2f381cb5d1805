package dev.smartdispatcher.e2e.bench.simulate.trace;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.arch.Architecture;
import dev.smartdispatcher.arch.Mode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a simulated farm, as read from JSON. {@code docs/simulator.md} says what each means.
 *
 * @param modePenaltyPercent run time in a mode, in percent of the native one
 * @param startSeconds what each attempt takes beside its work
 * @param seeds each gives another fleet and other jobs
 */
public record Trace(
        Fleet fleet, Jobs jobs, Map<Mode, Integer> modePenaltyPercent, double startSeconds, List<Long> seeds) {
    private static final String DEFAULT = "/simulate/trace.json";

    /** The trace that comes with the simulator. */
    public static Trace shipped() throws IOException {
        try (var stream = Trace.class.getResourceAsStream(DEFAULT)) {
            return read(stream);
        }
    }

    /** The trace in a file. Throws {@link IOException} that names what cannot be understood. */
    public static Trace of(Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return read(stream);
        }
    }

    /** The trace that comes with the simulator, with some fields of {@code jobs} replaced. */
    public static Trace shippedWith(ObjectNode jobs) throws IOException {
        try (var stream = Trace.class.getResourceAsStream(DEFAULT)) {
            var json = new ObjectMapper();
            var trace = json.readTree(stream);
            ((ObjectNode) trace.get("jobs")).setAll(jobs);
            return json.treeToValue(trace, Trace.class);
        }
    }

    private static Trace read(InputStream stream) throws IOException {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .readValue(stream, new TypeReference<>() {});
    }

    /** The hosts: each class has its share of {@code workers}. */
    public record Fleet(int workers, List<HostClass> classes) {}

    /**
     * Hosts of one kind.
     *
     * @param speed least and largest of one thread, 100 is ordinary; uniform between
     */
    public record HostClass(
            double share,
            int cores,
            Quantity memory,
            Quantity disk,
            double[] speed,
            List<Target> targets,
            Architecture hostArch) {}

    /** What a host builds, and how. */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Target(Architecture arch, Mode mode) {}

    /**
     * The jobs.
     *
     * @param wave jobs at time 0
     * @param arrivalsPerHour of the jobs after them, a Poisson process of so many hours
     * @param zipf exponent of the tenants' shares
     * @param work core-seconds of one process at speed 100
     * @param heavyWork work above which a job is marked heavy
     * @param declaredFactor what is declared, as a multiple of what is used
     * @param declaredMissing share of jobs that declare nothing, and count as {@code missing} where a rule needs numbers
     * @param repeatShare share of jobs whose package was built before
     * @param historyError sigma of the logarithm of what is known of their work
     */
    public record Jobs(
            int wave,
            double arrivalsPerHour,
            double hours,
            int tenants,
            double zipf,
            Map<Architecture, Double> targetShare,
            Lognormal work,
            Serial serial,
            double heavyWork,
            int maxProcesses,
            Lognormal base,
            Lognormal perProcess,
            Lognormal disk,
            Uniform declaredFactor,
            double declaredMissing,
            Missing missing,
            Correlation correlation,
            double repeatShare,
            double historyError) {}

    /** The serial part of a job's work: Beta (two shapes) times (work / median) to the power of {@code workExponent}. */
    public record Serial(double[] beta, double workExponent) {}

    /** Uniform between two numbers. */
    public record Uniform(double[] uniform) {
        double at(double unit) {
            return uniform[0] + unit * (uniform[1] - uniform[0]);
        }
    }

    /** What a job that declares nothing is taken to need. */
    public record Missing(Quantity base, Quantity perProcess) {}

    /** Of the underlying normals. */
    public record Correlation(
            @JsonProperty("work-base") double workBase,
            @JsonProperty("work-disk") double workDisk) {}
}
