package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many keys on disk whose timers are due at one time. */
final class DueTimersTest {
    private static final int KEYS = 5_000;
    private static final int AT_ONCE = 100;
    private static final long DUE = 50;

    @TempDir
    private Path directory;

    private final List<String> fired = new ArrayList<>();
    private final AtomicLong mostInMemory = new AtomicLong();
    private SqliteRecoveryStore store;
    private KeyedStage<String> stage;

    /** Keeps a text for each key until a timer comes up; looks at what is in memory then. */
    private record Waiting(Runnable look, List<String> fired) implements KeyedStep<String>, KeyedOperator<String> {
        @Override
        public String id() {
            return "wait";
        }

        @Override
        public List<List<String>> keyColumns() {
            return List.of(List.of("key"));
        }

        @Override
        public List<Schema> outputs(List<Schema> inputs) {
            return inputs;
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
            context.put("state");
            context.setTimer(Timer.eventTime(DUE, 0));
        }

        @Override
        public void onTimer(Timer timer, KeyContext<String> context) {
            look.run();
            fired.add(context.key().toString());
            context.drop();
        }
    }

    @BeforeEach
    void spillAllKeys() {
        store = SqliteRecoveryStore.of(directory, "due");
        store.claim(Owner.current("run"));
        store.recover();
        stage = new KeyedStage<>(
                new Waiting(this::look, fired),
                0,
                List.of(Counting.SCHEMA),
                () -> Instant.EPOCH,
                (output, batch) -> {});
        StateBudget budget = new StateBudget(1_000, AT_ONCE, () -> {});
        KeyedStage.restore(store, budget, List.of(stage));
        budget.close(); // epochs become durable on this thread, so that nobody may wait for them
        Object[] keys = IntStream.range(0, KEYS).mapToObj(key -> "key-" + key).toArray();
        stage.rows(0, Counting.batch(keys, keys));
        store.seal(new SealedEpoch(
                new EpochId("run", 1),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                stage.snapshot().changes()));
        stage.durable();
        stage.snapshot();
        stage.durable();
        stage.advanceClock();
        assertThat(inMemory()).isLessThan(AT_ONCE);
    }

    @AfterEach
    void close() {
        stage.close();
        store.close();
    }

    private long inMemory() {
        return stage.meters().keys() - stage.meters().spilledKeys();
    }

    private void look() {
        mostInMemory.accumulateAndGet(inMemory(), Math::max);
    }

    @Test
    void comeIntoMemoryOneAfterTheOtherWhenAWatermarkMakesThemDue() {
        stage.watermark(DUE);
        allFiredOnce();
    }

    @Test
    void comeIntoMemoryOneAfterTheOtherAtTheEnd() {
        stage.end();
        allFiredOnce();
    }

    private void allFiredOnce() {
        assertThat(fired).hasSize(KEYS).doesNotHaveDuplicates();
        assertThat(mostInMemory.get()).isLessThan(2 * AT_ONCE);
        assertThat(stage.meters().keys()).isZero();
    }
}
