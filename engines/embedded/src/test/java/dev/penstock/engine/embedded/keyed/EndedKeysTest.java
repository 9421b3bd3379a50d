package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.spi.data.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EndedKeysTest {
    private final List<String> ended = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0"})
    void visitsKeysAtTheEndOnlyIfTheOperatorWantsThem(boolean endsKeys, int visits) {
        KeyedStage<Long> stage = new KeyedStage<>(
                new Step(endsKeys, ended), 0, List.of(Counting.SCHEMA), () -> Instant.EPOCH, (output, batch) -> {});
        stage.rows(0, Counting.batch(new Object[] {"a", "b"}, new Object[] {1L, 2L}));
        stage.end();
        assertThat(ended).hasSize(visits);
        assertThat(stage.snapshot().changes()).hasSize(2);
    }

    private record Step(boolean endsKeys, List<String> ended) implements KeyedStep<Long>, KeyedOperator<Long> {
        @Override
        public String id() {
            return "step";
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
        public StateCodec<Long> codec() {
            return StateCodec.ofLong();
        }

        @Override
        public KeyedOperator<Long> create() {
            return this;
        }

        @Override
        public void onRows(KeyedRows rows, KeyContext<Long> context) {
            context.put(1L);
        }

        @Override
        public void onEnd(KeyContext<Long> context) {
            ended.add(context.key().toString());
        }
    }
}
