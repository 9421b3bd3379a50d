package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with memory, also when the state is written and read after every call. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
final class StatefulStepsTest {
    private final boolean restoring;

    StatefulStepsTest(boolean restoring) {
        this.restoring = restoring;
    }

    private <V> ReferenceStage<?> stage(Function<KeyedStream<String, V>, KeyedStream<String, ?>> build) {
        return ReferenceStage.of(restoring, build);
    }

    /** Gives each item with the one before; "DISCARD" ends that. */
    private static Update<String, String> keepLast(Optional<String> last, String item) {
        String output = "(" + last.orElse("None") + "," + item + ")";
        return item.equals("DISCARD") ? Update.drop(output) : Update.keep(item, output);
    }

    @Test
    void mapsWithStateThatADiscardForgets() {
        ReferenceStage<?> stage = this.<String>stage(in -> in.statefulMap("last", StatefulStepsTest::keepLast));
        stage.feed(0, "a", "a1", "b", "b1", "a", "DISCARD", "b", "b2");
        assertThat(stage.taken()).containsExactly("a=(None,a1)", "a=(a1,DISCARD)", "b=(None,b1)", "b=(b1,b2)");
        assertThat(stage.liveKeys()).isEqualTo(1);
        stage.feed(0, "a", "a3", "b", "b3");
        assertThat(stage.taken()).containsExactly("a=(None,a3)", "b=(b2,b3)");
    }

    @Test
    void beginsAnewInTheMiddleOfABatch() {
        ReferenceStage<?> stage = this.<String>stage(in -> in.statefulMap("last", StatefulStepsTest::keepLast));
        stage.feed(0, "a", "1", "a", "DISCARD", "a", "2", "a", "3");
        assertThat(stage.taken()).containsExactly("a=(None,1)", "a=(1,DISCARD)", "a=(None,2)", "a=(2,3)");
    }

    @Test
    void keepsIncreasingItemsByFlatMap() {
        ReferenceStage<?> stage = this.<Integer>stage(in -> in.statefulFlatMap(
                "increasing",
                State.of(StateCodec.ofInt()),
                (last, item) -> last.isEmpty() || item > last.get()
                        ? Update.keep(item, List.of(item))
                        : Update.drop(List.<Integer>of())));
        stage.feed(0, "a", 2, "a", 5, "a", 8, "a", 1, "a", 3);
        assertThat(stage.taken()).containsExactly("a=2", "a=5", "a=8", "a=3");
    }

    /** Counts the items of a key until two minutes passed without one. */
    private static final class Visits implements StatefulLogic<String, String, Long, String> {
        @Override
        public void onItem(String item, StatefulContext<String, Long, String> context) {
            context.put(context.state().orElse(0L) + 1);
            context.setTimer(Timer.processingTime(
                    context.now().plusSeconds(120), context.state().get()));
            context.setTimer(Timer.eventTime(Instant.EPOCH.plusSeconds(60), 0));
        }

        @Override
        public void onTimer(Timer timer, StatefulContext<String, Long, String> context) {
            if (timer.domain() == TimeDomain.EVENT) {
                context.emit("first minute " + context.watermark() + " is after " + timer.instant());
            } else if (context.state().filter(count -> count == timer.tag()).isPresent()) {
                context.emit(context.key() + " came " + timer.tag() + " times until " + context.now());
                context.drop();
            }
        }

        @Override
        public void onEnd(StatefulContext<String, Long, String> context) {
            context.emit("still here: " + context.state().orElse(0L));
        }
    }

    @Test
    void callsLogicForItemsTimersAndTheEnd() {
        ReferenceStage<?> stage = this.<String>stage(in -> in.stateful("visits", Visits::new));
        stage.feed(0, "a", "x", "a", "y", "b", "z");
        stage.pass(Duration.ofSeconds(60));
        stage.feed(0, "b", "z");
        stage.watermark(Timer.micros(Instant.EPOCH.plusSeconds(61)));
        assertThat(stage.taken())
                .containsExactly(
                        "a=first minute 1970-01-01T00:01:01Z is after 1970-01-01T00:01:00Z",
                        "b=first minute 1970-01-01T00:01:01Z is after 1970-01-01T00:01:00Z");
        stage.pass(Duration.ofSeconds(60));
        assertThat(stage.taken()).containsExactly("a=a came 2 times until 1970-01-01T00:02:00Z");
        stage.end();
        assertThat(stage.taken()).containsExactly("b=still here: 2");
    }

    @Test
    void handsBatchesToLogic() {
        ReferenceStage<?> stage = this.<Integer>stage(in ->
                in.statefulBatch("sizes", State.of(StateCodec.ofInt()), () -> (items, context) -> {
                    context.put(context.state().orElse(0) + items.size());
                    context.emit(items + " of " + context.state().get());
                }));
        stage.feed(0, "a", 1, "b", 2, "a", 3);
        stage.feed(0, "a", 4);
        assertThat(stage.taken()).containsExactly("a=[1, 3] of 2", "b=[2] of 1", "a=[4] of 3");
    }

    @Test
    void collectsListsOfASizeAndTheRestAtTheEnd() {
        ReferenceStage<?> stage = this.<Integer>stage(in -> in.collect("lists", Until.size(3)));
        stage.feed(0, "k", 0, "k", 1, "k", 2, "k", 3, "k", 4);
        stage.feed(0, "k", 5, "k", 6, "k", 7, "k", 8, "k", 9);
        assertThat(stage.taken()).containsExactly("k=[0, 1, 2]", "k=[3, 4, 5]", "k=[6, 7, 8]");
        stage.end();
        assertThat(stage.taken()).containsExactly("k=[9]");
        assertThat(stage.liveKeys()).isZero();
    }

    @Test
    void collectsUntilNoItemComesForAWhile() {
        ReferenceStage<?> stage =
                this.<Integer>stage(in -> in.collect("lists", Until.size(100).orIdle(Duration.ofSeconds(10))));
        for (int i = 0; i < 4; i++) {
            stage.feed(0, "k", i);
            stage.pass(Duration.ofSeconds(9));
        }
        assertThat(stage.taken()).isEmpty();
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.taken()).containsExactly("k=[0, 1, 2, 3]");
        assertThat(stage.liveKeys()).isZero();
    }

    @Test
    void collectsForALongestTimeAlsoWhileItemsCome() {
        ReferenceStage<?> stage = this.<Integer>stage(in -> in.collect(
                "lists", Until.size(100).orIdle(Duration.ofSeconds(10)).orWaited(Duration.ofSeconds(20))));
        for (int i = 0; i < 4; i++) {
            stage.feed(0, "k", i);
            stage.pass(Duration.ofSeconds(5));
        }
        assertThat(stage.taken()).containsExactly("k=[0, 1, 2, 3]");
        stage.feed(0, "k", 4);
        stage.pass(Duration.ofSeconds(10));
        assertThat(stage.taken()).containsExactly("k=[4]");
    }

    @Test
    void startsTheTimesAnewWithEachList() {
        ReferenceStage<?> stage =
                this.<Integer>stage(in -> in.collect("lists", Until.size(2).orWaited(Duration.ofSeconds(10))));
        stage.feed(0, "k", 0);
        stage.pass(Duration.ofSeconds(9));
        stage.feed(0, "k", 1, "k", 2);
        stage.pass(Duration.ofSeconds(9));
        assertThat(stage.taken()).containsExactly("k=[0, 1]");
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.taken()).containsExactly("k=[2]");
    }

    @Test
    void givesFinalOutcomesAtTheEndOnlyAndThenBeginsAnew() {
        ReferenceStage<?> counts = this.<String>stage(in -> in.countFinal("count"));
        counts.feed(0, "a", "x", "a", "x", "b", "x", "c", "x", "b", "x", "a", "x");
        assertThat(counts.taken()).isEmpty();
        counts.end();
        assertThat(counts.taken()).containsExactly("a=3", "b=2", "c=1");
        counts.feed(0, "a", "x");
        counts.end();
        assertThat(counts.taken()).containsExactly("a=1");
    }

    @Test
    void foldsReducesAndFindsExtremesAtTheEnd() {
        assertThat(finalOf(in -> in.foldFinal("fold", () -> "", (text, item) -> text + item)))
                .containsExactly("a=3141", "b=5");
        assertThat(finalOf(in -> in.reduceFinal("sum", Integer::sum))).containsExactly("a=9", "b=5");
        assertThat(finalOf(in -> in.maxFinal("max", Integer::compare))).containsExactly("a=4", "b=5");
        assertThat(finalOf(in -> in.minFinal("min", Integer::compare))).containsExactly("a=1", "b=5");
    }

    private List<String> finalOf(Function<KeyedStream<String, Integer>, KeyedStream<String, ?>> build) {
        ReferenceStage<?> stage = stage(build);
        stage.feed(0, "a", 3, "b", 5, "a", 1);
        stage.feed(0, "a", 4, "a", 1);
        stage.end();
        return stage.taken();
    }

    @Test
    void refusesSettingsThatMeanNothing() {
        assertThatThrownBy(() -> Until.size(0)).hasMessage("Cannot collect lists of 0 items: at least 1");
        assertThatThrownBy(() -> Until.size(1).orIdle(Duration.ZERO)).hasMessageStartingWith("Cannot collect for PT0S");
        assertThatThrownBy(() -> State.ofValues().timeToLive(Duration.ofNanos(1)))
                .hasMessageStartingWith("Cannot keep state for PT0.000000001S");
    }
}
