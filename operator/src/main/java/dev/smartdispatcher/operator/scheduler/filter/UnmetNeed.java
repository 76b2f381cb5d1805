package dev.smartdispatcher.operator.scheduler.filter;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * What a job needs that a worker lacks, in words.
 *
 * @param needed as in "needs speed 120"
 * @param there as in "node-3 has 80", without the name
 */
public record UnmetNeed(String needed, String there) {

    static String either(Collection<? extends Enum<?>> names) {
        return names.stream().map(Enum::name).sorted().collect(Collectors.joining(" or "));
    }

    static String all(Collection<? extends Enum<?>> names) {
        return names.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
    }
}
