package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What an operator can rely on; its orders come as text in the rows. */
final class KeyedStageTest {
    private static final Schema INPUT =
            Schema.of(Field.required("key", DataType.STRING), Field.required("order", DataType.STRING));
    private static final Schema OUTPUT = Schema.of(Field.required("said", DataType.STRING));

    private final AtomicLong millis = new AtomicLong(1_000);
    private final List<String> said = new ArrayList<>();
    private final KeyedStage<String> stage = stage(Optional.empty());

    private KeyedStage<String> stage(Optional<Duration> timeToLive) {
        return new KeyedStage<>(
                new Obedient(timeToLive),
                0,
                List.of(INPUT),
                () -> Instant.ofEpochMilli(millis.get()),
                batch -> batch.toRows().forEach(row -> said.add(row.get("said", String.class))));
    }

    /** Does what the rows say. */
    private record Obedient(Optional<Duration> timeToLive) implements KeyedStep<String>, KeyedOperator<String> {
        @Override
        public String id() {
            return "obedient";
        }

        @Override
        public List<List<String>> keyColumns() {
            return List.of(List.of("key"));
        }

        @Override
        public Schema output(List<Schema> inputs) {
            return OUTPUT;
        }

        @Override
        public StateCodec<String> codec() {
            return StateCodec.ofString();
        }

        @Override
        public KeyedOperator<String> create() {
            return this;
        }

        @Override
        public void onRows(KeyedRows rows, KeyContext<String> context) {
            for (int i = 0; i < rows.count(); i++) {
                String[] order =
                        rows.batch().row(rows.row(i)).get("order", String.class).split(" ");
                obey(order, context);
            }
        }

        private static void obey(String[] order, KeyContext<String> context) {
            switch (order[0]) {
                case "put" -> context.put(order[1]);
                case "drop" -> context.drop();
                case "event" -> context.setTimer(Timer.eventTime(Long.parseLong(order[1]), 0));
                case "clock" -> context.setTimer(Timer.processingTime(Long.parseLong(order[1]), 0));
                case "cancel" -> context.cancelTimer(Timer.eventTime(Long.parseLong(order[1]), 0));
                case "fail" -> throw new IllegalArgumentException("told to");
                default -> context.emit(context.key() + "=" + context.state().orElse("none"));
            }
        }

        @Override
        public void onTimer(Timer timer, KeyContext<String> context) {
            context.emit(context.key() + "@" + timer.time() + " state "
                    + context.state().orElse("none") + " watermark " + context.watermark());
            if (context.state().filter("again"::equals).isPresent()) {
                context.setTimer(Timer.eventTime(timer.time() + 1, 0));
            }
        }

        @Override
        public void onEnd(KeyContext<String> context) {
            context.emit(context.key() + " end " + context.state().orElse("none"));
        }
    }

    private void tell(String... keysAndOrders) {
        stage.rows(0, batch(keysAndOrders));
    }

    private static RecordBatch batch(String... keysAndOrders) {
        BatchBuilder rows = new BatchBuilder(INPUT);
        for (int i = 0; i < keysAndOrders.length; i += 2) {
            rows.append(keysAndOrders[i], keysAndOrders[i + 1]);
        }
        return rows.build();
    }

    @Test
    void handsABatchOverKeyByKeyInTheOrderOfTheirFirstRows() {
        tell("b", "put 1", "a", "say", "b", "say", "a", "put 2", "a", "say");
        assertThat(said).containsExactly("[b]=1", "[a]=none", "[a]=2");
    }

    @Test
    void firesTimersByTimeThenByKeyAndOnce() {
        tell("b", "event 20", "a", "event 20", "c", "event 10", "c", "event 10", "d", "event 30");
        stage.watermark(20);
        assertThat(said)
                .containsExactly(
                        "[c]@10 state none watermark 20",
                        "[a]@20 state none watermark 20",
                        "[b]@20 state none watermark 20");
        stage.watermark(15);
        stage.watermark(20);
        assertThat(said).hasSize(3);
        assertThat(stage.keys()).isEqualTo(1);
    }

    @Test
    void doesNotFireTimersThatWereTakenBack() {
        tell("a", "event 10", "a", "cancel 10", "b", "event 10", "b", "cancel 10", "b", "event 10");
        stage.watermark(10);
        assertThat(said).containsExactly("[b]@10 state none watermark 10");
    }

    @Test
    void firesATimerThatIsSetWhenItIsDueAlready() {
        stage.watermark(100);
        tell("a", "event 10");
        stage.watermark(101);
        assertThat(said).containsExactly("[a]@10 state none watermark 101");
    }

    @Test
    void firesProcessingTimersByTheClock() {
        tell("a", "clock 2000500", "a", "put x");
        assertThat(stage.nextClockMillis()).isEqualTo(2_001);
        millis.set(2_000);
        stage.advanceClock();
        assertThat(said).isEmpty();
        millis.set(2_001);
        stage.advanceClock();
        assertThat(said).containsExactly("[a]@2000500 state x watermark " + Long.MIN_VALUE);
        assertThat(stage.nextClockMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void tellsEachLiveKeyOfTheEndAfterItsTimers() {
        tell("b", "put 1", "a", "put again", "a", "event 5", "c", "say");
        stage.end();
        assertThat(said)
                .containsExactly(
                        "[c]=none", "[a]@5 state again watermark " + Long.MAX_VALUE, "[a] end again", "[b] end 1");
        assertThat(stage.snapshot().changes()).hasSize(2);
    }

    @Test
    void costsNothingForKeysWithoutStateAndTimers() {
        for (int i = 0; i < 10_000; i++) {
            tell("key-" + i, "put x", "key-" + i, "event 5", "key-" + i, "cancel 5", "key-" + i, "drop");
        }
        assertThat(stage.keys()).isZero();
        assertThat(stage.snapshot().changes()).isEmpty();
    }

    @Test
    void snapshotsOnlyWhatChangedSinceTheLast() {
        tell("a", "put 1", "b", "put 1");
        assertThat(stage.snapshot().changes()).hasSize(2);
        tell("a", "say");
        assertThat(stage.snapshot().changes()).isEmpty();
        tell("a", "put 2", "b", "drop");
        assertThat(stage.snapshot().changes())
                .hasSize(2)
                .filteredOn(change -> change.value().isEmpty())
                .hasSize(1);
        assertThat(stage.snapshot().size()).isZero();
    }

    @Test
    void writesAKeyThatIsDroppedAndPutAgainInOneEpoch() {
        tell("a", "put 1");
        stage.snapshot();
        tell("a", "drop");
        tell("a", "put 2");
        List<KeyChange> changes = stage.snapshot().changes();
        assertThat(changes.get(changes.size() - 1).value()).isPresent();
        tell("a", "say");
        assertThat(said).containsExactly("[a]=2");
        tell("a", "drop");
        assertThat(stage.snapshot().changes())
                .singleElement()
                .satisfies(change -> assertThat(change.value()).isEmpty());
    }

    @Test
    void keepsASnapshotAsItWasWhileStateGoesOn() {
        tell("a", "put 1");
        KeyedSnapshot<String> snapshot = stage.snapshot();
        tell("a", "put 2", "a", "event 7");
        StoredValue<String> stored =
                StoredValue.read("obedient", snapshot.changes().get(0).value().orElseThrow(), StateCodec.ofString());
        assertThat(stored.state()).contains("1");
        assertThat(stored.timers()).isEmpty();
    }

    @Test
    void dropsKeysWhoseTimeToLiveIsOver() {
        KeyedStage<String> mortal = stage(Optional.of(Duration.ofMillis(100)));
        mortal.rows(0, batch("a", "put 1", "a", "event 9", "b", "put 1"));
        millis.addAndGet(60);
        mortal.rows(0, batch("b", "put 2"));
        assertThat(mortal.snapshot().changes())
                .extracting(change -> change.expiresMillis().orElseThrow())
                .containsExactlyInAnyOrder(1_100L, 1_160L);
        millis.addAndGet(60);
        mortal.advanceClock();
        assertThat(mortal.keys()).isEqualTo(1);
        mortal.watermark(10);
        assertThat(said).isEmpty();
        assertThat(mortal.nextClockMillis()).isEqualTo(1_160);
        assertThat(mortal.snapshot().changes())
                .filteredOn(change -> change.key().length > 0)
                .singleElement()
                .satisfies(change -> assertThat(change.value()).isEmpty());
    }

    @Test
    void namesStepAndKeyWhenTheOperatorFails() {
        assertThatThrownBy(() -> tell("the key", "fail"))
                .isInstanceOf(FatalException.class)
                .hasMessage("Cannot process key [the key] in step 'obedient': java.lang.IllegalArgumentException: told"
                        + " to; mend the step, then run again")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doesNotKeepTimersThatWereTakenBackInMemory() {
        TimerQueue<String> queue = new TimerQueue<>();
        KeyedState<String> state = new KeyedState<>(new Obedient(Optional.empty()));
        KeyEntry<String> entry = state.findOrAdd(new byte[] {1}, 1, 1);
        for (int i = 0; i < 100_000; i++) {
            Timer timer = Timer.eventTime(i, 0);
            entry.add(timer);
            queue.add(timer, entry);
            entry.remove(timer);
            queue.forget(1);
        }
        assertThat(queue.heapSize()).isLessThan(2_000);
    }
}
