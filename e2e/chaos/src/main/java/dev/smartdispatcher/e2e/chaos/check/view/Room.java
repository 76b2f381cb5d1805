package dev.smartdispatcher.e2e.chaos.check.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Amounts of CPU (cores), memory and disk (bytes) and a number of jobs. */
public record Room(BigDecimal cpu, BigDecimal memory, BigDecimal disk, BigDecimal jobs) {
    public static final Room NONE = new Room(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    /** More than any machine has. */
    private static final BigDecimal UNLIMITED = BigDecimal.valueOf(Long.MAX_VALUE);

    /** One job's room, from amounts by these names of fields. */
    static Room ofJob(JsonNode amounts, String disk) {
        return new Room(
                Amount.of(amounts.path("cpu"), BigDecimal.ZERO),
                Amount.of(amounts.path("memory"), BigDecimal.ZERO),
                Amount.of(amounts.path(disk), BigDecimal.ZERO),
                BigDecimal.ONE);
    }

    /** What somebody offers: what is not said is unlimited. */
    static Room offered(JsonNode amounts, String disk, String jobs) {
        return new Room(
                Amount.of(amounts.path("cpu"), UNLIMITED),
                Amount.of(amounts.path("memory"), UNLIMITED),
                Amount.of(amounts.path(disk), UNLIMITED),
                Amount.of(amounts.path(jobs), UNLIMITED));
    }

    public Room plus(Room other) {
        return new Room(cpu.add(other.cpu), memory.add(other.memory), disk.add(other.disk), jobs.add(other.jobs));
    }

    public Room max(Room other) {
        return new Room(cpu.max(other.cpu), memory.max(other.memory), disk.max(other.disk), jobs.max(other.jobs));
    }

    public Room min(Room other) {
        return new Room(cpu.min(other.cpu), memory.min(other.memory), disk.min(other.disk), jobs.min(other.jobs));
    }

    /** What of {@code wanted} is more than there is here, in words; empty if it fits. */
    public List<String> lacking(Room wanted) {
        var lacking = new ArrayList<String>();
        compare(lacking, "cpu", cpu, wanted.cpu);
        compare(lacking, "memory", memory, wanted.memory);
        compare(lacking, "disk", disk, wanted.disk);
        compare(lacking, "jobs", jobs, wanted.jobs);
        return lacking;
    }

    private static void compare(List<String> lacking, String what, BigDecimal there, BigDecimal wanted) {
        if (wanted.compareTo(there) > 0) {
            lacking.add(what + " " + wanted.toPlainString() + " of " + there.toPlainString());
        }
    }
}
