package dev.smartdispatcher.cli.constraints;

import dev.smartdispatcher.arch.Quantities;
import dev.smartdispatcher.cli.input.InputException;
import dev.smartdispatcher.cli.input.XmlElement;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Numbers of constraints: counts, and sizes in bytes. A demand of 0 demands nothing. */
final class ConstraintAmounts {
    /** In steps of 1024; bytes are the default. */
    private static final List<String> UNITS = List.of("B", "K", "M", "G", "T", "P");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");

    private final String file;

    ConstraintAmounts(String file) {
        this.file = file;
    }

    /** The count in the child of that name; none if it is not there or 0. */
    OptionalLong count(XmlElement parent, String name) {
        return parent.child(name)
                .map(element -> {
                    var number = number(element);
                    if (number.stripTrailingZeros().scale() > 0) {
                        throw wrong(element, "is not a whole number");
                    }
                    return demand(number.longValue());
                })
                .orElse(OptionalLong.empty());
    }

    /** Bytes of the size in the child of that name, rounded up; none if it is not there or 0. */
    OptionalLong bytes(XmlElement parent, String name) {
        return parent.child(name)
                .flatMap(element -> element.child("size"))
                .map(this::bytes)
                .orElse(OptionalLong.empty());
    }

    private OptionalLong bytes(XmlElement size) {
        var unit = size.attributes().getOrDefault("unit", "B");
        if (!UNITS.contains(unit)) {
            throw InputException.at(
                    file, size.line(), "unit '" + unit + "' of <size> must be one of " + String.join(", ", UNITS));
        }
        var bytes = number(size).multiply(BigDecimal.valueOf(1L << 10 * UNITS.indexOf(unit)));
        if (bytes.compareTo(BigDecimal.valueOf(Quantities.MOST)) > 0) {
            throw wrong(size, unit + " is more than 4Pi, the most that counts");
        }
        return demand(bytes.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    private BigDecimal number(XmlElement element) {
        if (!NUMBER.matcher(element.text()).matches()) {
            throw wrong(element, "is not a number");
        }
        return new BigDecimal(element.text());
    }

    private InputException wrong(XmlElement element, String what) {
        return InputException.at(file, element.line(), "<" + element.name() + "> '" + element.text() + "' " + what);
    }

    private static OptionalLong demand(long amount) {
        return amount == 0 ? OptionalLong.empty() : OptionalLong.of(amount);
    }
}
