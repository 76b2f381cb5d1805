package dev.smartdispatcher.operator.dispatch.index;

import java.util.List;

/** What workers have in common that can serve the same demands: the pressure of the waiting jobs on them. */
final class Signature {
    static final Signature NONE = new Signature(List.of());

    private final Demand[] demands;
    private long pressure;
    private long price;
    private long version = -1;

    Signature(List<Demand> demands) {
        this.demands = demands.toArray(Demand[]::new);
    }

    /** Makes itself known to the demands. */
    void join() {
        for (var demand : demands) {
            demand.sign(this);
        }
    }

    /**
     * The sum of what the demands add.
     *
     * @param current changes whenever one of them may
     */
    long pressure(long current) {
        if (version != current) {
            pressure = 0;
            price = 0;
            for (var demand : demands) {
                pressure += demand.pressure();
                price += demand.price();
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
