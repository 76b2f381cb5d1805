package dev.smartdispatcher.e2e.bench.simulate.trace;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/**
 * A lognormal distribution cut to a range. Numbers are plain or quantities, as {@code 300Mi}.
 *
 * @param lognormal median, and sigma of the underlying normal
 */
public record Lognormal(List<String> lognormal, String min, String max) {
    /** The value for a standard normal deviate. */
    double at(double deviate) {
        double value = median() * Math.exp(deviate * Double.parseDouble(lognormal.get(1)));
        return Math.max(number(min), Math.min(number(max), value));
    }

    double median() {
        return number(lognormal.get(0));
    }

    private static double number(String text) {
        return new Quantity(text).getNumericalAmount().doubleValue();
    }
}
