package dev.penstock.engine.embedded.runtime;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.builtin.GenerateConnector;
import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LaneQueueTest {
    private static final int BATCH_ROWS = 100;
    private static final long PLENTY = 1L << 30;
    private static final int ROOM = 1_000;

    private final RuntimeSettings runtime = new RuntimeSettings(1, BATCH_ROWS, ROOM, PLENTY, Duration.ofSeconds(10), 1);
    private final List<PartitionReader> woken = new ArrayList<>();
    private final LaneQueue queue = new LaneQueue(runtime, 1, woken::addAll);
    private final PartitionReader reader = reader();

    @Test
    void setsReadersAsideWhenManySmallRowsWait() {
        int batches = 0;
        while (queue.reserve(ROOM, reader)) {
            queue.put(batch(), ROOM);
            batches++;
        }
        assertThat(batches).isEqualTo(8);
        assertThat(queue.used()).isLessThan(PLENTY / 2);
    }

    @Test
    void wakesReadersWhenHalfOfTheRowsAreDone() throws InterruptedException {
        while (queue.reserve(ROOM, reader)) {
            queue.put(batch(), ROOM);
        }
        int done = 0;
        while (woken.isEmpty()) {
            queue.done(requireNonNull(queue.take(0)).bytes());
            done++;
        }
        assertThat(done).isEqualTo(4);
        assertThat(woken).containsExactly(reader);
    }

    private PartitionReader reader() {
        GenerateConnector connector = new GenerateConnector();
        Config config = connector
                .descriptor()
                .spec(Role.SOURCE)
                .orElseThrow()
                .parse(Map.of())
                .orThrow();
        SourceStep step = new SourceStep(new SourceNode("source", connector, config), connector.source(config));
        return new PartitionReader(step, Partition.of("0", true), Optional.empty(), false, queue);
    }

    private Item.Rows batch() {
        Schema schema = new Schema(List.of(Field.required("id", DataType.INT64)));
        RecordBatch rows = RecordBatch.of(
                schema, BATCH_ROWS, List.of(new LongColumn(DataType.INT64, new long[BATCH_ROWS], Validity.ALL)));
        ResumeState after = new ResumeState(1, new byte[0]);
        return new Item.Rows(reader, Given.of(rows), new Decoded(rows, rows, List.of()), List.of(), after);
    }
}
