package dev.smartdispatcher.e2e.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.smartdispatcher.e2e.definitions.Definition;
import dev.smartdispatcher.e2e.raw.Answer;
import dev.smartdispatcher.e2e.raw.Complaint;
import dev.smartdispatcher.e2e.raw.Trials;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The tests of all rules against an API server that evaluates CEL. */
public record CelTests(Trials trials) {
    /** By kind and rule, a test for each case. */
    public Stream<DynamicNode> all() {
        return Definition.shipped().stream()
                .map(definition -> dynamicContainer(
                        definition.kind(),
                        CelRule.of(definition).stream()
                                .map(rule -> dynamicContainer(rule.toString(), cases(definition, rule)))));
    }

    private Stream<DynamicNode> cases(Definition definition, CelRule rule) {
        return Stream.concat(
                each("refused", rule.refused(), example -> assertRefused(definition, rule, example)),
                each("accepted", rule.accepted(), example -> assertAccepted(definition, example)));
    }

    private static Stream<DynamicNode> each(String what, List<CelCase> cases, ThrowingConsumer<CelCase> test) {
        return IntStream.range(0, cases.size())
                .mapToObj(
                        i -> dynamicTest(what + " " + (i + 1) + ": " + cases.get(i), () -> test.accept(cases.get(i))));
    }

    private void assertRefused(Definition definition, CelRule rule, CelCase example) {
        var answer = ask(definition, example);
        assertThat(answer.code())
                .as(rule + ", " + example + ": " + answer.message())
                .isEqualTo(422);
        assertThat(answer.complaints())
                .as(rule + ", " + example + ": " + answer.message())
                .singleElement()
                .returns(rule.field(example), Complaint::field)
                .returns("FieldValueInvalid", Complaint::reason)
                .satisfies(complaint -> assertThat(complaint.message())
                        .startsWith("Invalid value: ")
                        .endsWith(": " + rule.sentence(example)));
    }

    private void assertAccepted(Definition definition, CelCase example) {
        var answer = ask(definition, example);
        assertThat(answer.accepted()).as(example + ": " + answer.message()).isTrue();
    }

    private Answer ask(Definition definition, CelCase example) {
        return example.isChange()
                ? trials.change(definition, example.before(definition), example.patch())
                : trials.answer(definition, example.object(definition), false);
    }
}
