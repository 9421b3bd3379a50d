package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.PipelineException;
import dev.penstock.dataflow.plan.CheckpointSettings;
import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Guarantee;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How steps get their ids and what a plan is made of. */
final class FlowTest {
    private final Flow flow = Flow.named("test");

    @Test
    void idsNest() {
        Stream<Integer> numbers = flow.read("in", ItemSource.of(1));
        Stream<Integer> out = flow.scope(
                "outer",
                () -> numbers.map("same", number -> number).then("inner", stream -> stream.map("same", n -> n)));
        out.map("same", number -> number);

        assertThat(flow.plan().nodes())
                .extracting(PlanNode::id)
                .containsExactly("in", "outer.same", "outer.inner.same", "same");
    }

    @Test
    void idsAreUniqueInTheirScope() {
        Stream<Integer> numbers = flow.read("in", ItemSource.of(1));
        flow.scope("twice", () -> numbers.map("same", number -> number));

        assertThatThrownBy(() -> flow.scope("twice", () -> numbers))
                .hasMessage("Cannot add step 'twice': flow 'test' has one of that name; give each its own");
        assertThatThrownBy(() -> numbers.map("in", number -> number))
                .hasMessage("Cannot add step 'in': flow 'test' has one of that name; give each its own");
    }

    @Test
    void scopesEndWhenTheirOperatorFails() {
        assertThatThrownBy(() -> flow.scope("broken", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        flow.read("in", ItemSource.of(1));
        assertThat(flow.plan().nodes()).extracting(PlanNode::id).containsExactly("in");
    }

    @Test
    void namesOfStepsHaveNoPoint() {
        assertThatThrownBy(() -> flow.read("in.put", ItemSource.of(1)))
                .hasMessage("Cannot name a step 'in.put': a name has at least one character and no point, which divides"
                        + " the names of nested steps");
        assertThatThrownBy(() -> flow.read(" ", ItemSource.of(1))).hasMessageStartingWith("Cannot name a step ' '");
    }

    @Test
    void namesOfFlowsAreNamesOfFiles() {
        assertThatThrownBy(() -> Flow.named("my flow"))
                .hasMessage("Cannot name a flow 'my flow': its state lies in a file of that name; use lower case"
                        + " letters, digits and hyphens");
    }

    @Test
    void settingsGoIntoThePlan() {
        flow.baseDirectory(Path.of("/base"))
                .checkpoint(Duration.ofSeconds(1), Path.of("state"))
                .workers(3)
                .read("in", ItemSource.of(1))
                .to("out", ItemSink.forEach(item -> {}));

        Plan plan = flow.plan();

        assertThat(plan.pipeline()).isEqualTo("test");
        assertThat(plan.checkpoint())
                .isEqualTo(new CheckpointSettings(Duration.ofSeconds(1), Optional.of(Path.of("/base/state"))));
        assertThat(plan.runtime().workers()).isEqualTo(3);
        assertThat(plan.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
    }

    @Test
    void stateIsKeptUnlessToldOtherwise() {
        flow.baseDirectory(Path.of("/base")).read("in", ItemSource.of(1));

        assertThat(flow.plan().checkpoint())
                .isEqualTo(
                        new CheckpointSettings(Duration.ofSeconds(10), Optional.of(Path.of("/base/.penstock/test"))));
        assertThat(flow.withoutCheckpoint().plan().checkpoint().state()).isEmpty();
    }

    @Test
    void promisesThatCannotBeKeptAreRefused() {
        flow.guarantee(Guarantee.EXACTLY_ONCE).read("in", ItemSource.of(1)).to("out", ItemSink.forEach(item -> {}));

        assertThatThrownBy(flow::plan)
                .isInstanceOf(PipelineException.class)
                .hasMessage("guarantee: exactly-once cannot be promised, only at-least-once: sink 'out' is not"
                        + " transactional; change that part, or ask for at-least-once");
    }

    @Test
    void allProblemsOfConnectorsComeAtOnce() {
        flow.read("in", "generate", Map.of("rows", -1, "name", "other")).map("same", row -> row);
        flow.rows("more", "generat", Map.of()).to("out", "stdout", Map.of("colour", "red"));

        assertThatThrownBy(flow::plan)
                .isInstanceOfSatisfying(
                        PipelineException.class,
                        failure -> assertThat(failure.problems())
                                .extracting(problem -> problem.problem().path())
                                .containsExactly("in.name", "in.rows", "more.connector", "out.colour"));
    }

    @Test
    void flowsThatReadNothingAreRefused() {
        assertThatThrownBy(flow::plan).hasMessage("flow 'test' reads nothing; begin with read");
    }

    @Test
    void rejectedRowsGoToASinkOfTheirOwn() {
        flow.deadLetters("null", Map.of()).read("in", ItemSource.of(1));

        assertThat(flow.plan().errors())
                .isInstanceOfSatisfying(
                        ErrorPolicy.DeadLetter.class,
                        policy -> assertThat(policy.sink().id()).isEqualTo("errors"));
        assertThatThrownBy(() -> flow.read("errors", ItemSource.of(1)))
                .hasMessage("Cannot add step 'errors': flow 'test' has one of that name; give each its own");
    }
}
