package dev.smartdispatcher.e2e.bench.dispatch;

import dev.smartdispatcher.e2e.bench.dispatch.DispatchReport.Case;
import dev.smartdispatcher.e2e.bench.dispatch.DispatchReport.Doubling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** What twice as many workers or jobs cost. */
final class Doublings {
    private Doublings() {}

    /** Between each mixed case and the next larger one that differs from it in one thing only. */
    static List<Doubling> of(List<Case> cases) {
        var doublings = new ArrayList<Doubling>();
        for (var from : cases) {
            next(cases, from, Case::workers, Case::jobs, "workers").ifPresent(doublings::add);
            next(cases, from, Case::jobs, Case::workers, "jobs").ifPresent(doublings::add);
        }
        return doublings;
    }

    private static Optional<Doubling> next(
            List<Case> cases, Case from, ToIntFunction<Case> size, ToIntFunction<Case> other, String of) {
        return cases.stream()
                .filter(c -> c.kind().equals("mixed") && from.kind().equals("mixed"))
                .filter(c ->
                        other.applyAsInt(c) == other.applyAsInt(from) && size.applyAsInt(c) > size.applyAsInt(from))
                .min(Comparator.comparingInt(size))
                .map(to -> new Doubling(
                        of,
                        name(from),
                        name(to),
                        Math.pow(
                                to.microsPerPlacement() / from.microsPerPlacement(),
                                Math.log(2) / Math.log((double) size.applyAsInt(to) / size.applyAsInt(from)))));
    }

    private static String name(Case one) {
        return one.workers() + "x" + one.jobs();
    }
}
