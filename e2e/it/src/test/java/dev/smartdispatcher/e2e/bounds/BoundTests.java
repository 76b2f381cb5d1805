package dev.smartdispatcher.e2e.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.Complaint;
import dev.smartdispatcher.e2e.raw.Trials;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;

/**
 * The tests of all bounds against one API server.
 *
 * @param rules whether the server evaluates CEL rules, so that those that are broken along with a bound complain too
 */
public record BoundTests(Trials trials, boolean rules) {
    /** A test for each bound, by kind. */
    public Stream<DynamicNode> broken() {
        return each(bound -> true, this::assertRefused);
    }

    /** A test for each bound that has an edge. */
    public Stream<DynamicNode> edges() {
        return each(bound -> bound.edge().isPresent(), this::assertEdge);
    }

    private void assertRefused(Bound bound) {
        var answer = ask(bound, bound.broken());
        assertThat(answer.code()).as(bound + ": " + answer.message()).isEqualTo(422);
        var others = rules ? Coupling.of(bound).map(Coupling::broken).orElse(List.of()) : List.<String>of();
        assertThat(answer.complaints())
                .as(bound.toString())
                .containsAll(bound.complaints())
                .filteredOn(complaint -> !bound.complaints().contains(complaint))
                .extracting(BoundTests::sentence)
                .containsExactlyInAnyOrderElementsOf(others);
    }

    private void assertEdge(Bound bound) {
        var answer = ask(bound, bound.edge().orElseThrow());
        var coupling = Coupling.of(bound).filter(known -> !known.edge().isEmpty());
        if (coupling.isEmpty()) {
            assertThat(answer.accepted()).as(bound + ": " + answer.message()).isTrue();
        } else if (rules) {
            assertThat(answer.complaints())
                    .extracting(BoundTests::sentence)
                    .containsExactlyInAnyOrderElementsOf(coupling.get().edge());
        }
    }

    private Answer ask(Bound bound, ObjectNode object) {
        return trials.answer(bound.definition(), object, bound.place().inStatus());
    }

    private static String sentence(Complaint complaint) {
        return complaint.field() + ": " + complaint.message();
    }

    private static Stream<DynamicNode> each(Predicate<Bound> which, Consumer<Bound> test) {
        return Definition.shipped().stream()
                .map(definition -> dynamicContainer(
                        definition.kind(),
                        Bound.of(definition).stream()
                                .filter(which)
                                .map(bound -> dynamicTest(bound.toString(), () -> test.accept(bound)))));
    }
}
