package dev.smartdispatcher.operator.scheduler.index;

import java.util.List;

/** What workers have in common that can serve the same equivalence classes: the pressure of the waiting jobs on them. */
final class WorkerClass {
    static final WorkerClass NONE = new WorkerClass(List.of());

    private final EquivalenceClass[] equivalenceClasses;
    private long pressure;
    private long price;
    private long version = -1;

    WorkerClass(List<EquivalenceClass> equivalenceClasses) {
        this.equivalenceClasses = equivalenceClasses.toArray(EquivalenceClass[]::new);
    }

    /** Makes itself known to the equivalence classes. */
    void join() {
        for (var equivalenceClass : equivalenceClasses) {
            equivalenceClass.add(this);
        }
    }

    /**
     * The sum of the pressures of the equivalence classes on free CPU.
     *
     * @param current changes whenever one of them may
     */
    long pressure(long current) {
        if (version != current) {
            pressure = 0;
            price = 0;
            for (var equivalenceClass : equivalenceClasses) {
                pressure += equivalenceClass.pressure().onFree();
                price += equivalenceClass.pressure().price();
            }
            version = current;
        }
        return pressure;
    }

    long price(long current) {
        pressure(current);
        return price;
    }
}
