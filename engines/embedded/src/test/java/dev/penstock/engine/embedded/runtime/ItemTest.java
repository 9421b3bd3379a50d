package dev.penstock.engine.embedded.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Partition;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ItemTest {
    private static final RecordBatch NONE = RecordBatch.empty(NumbersSource.SCHEMA);

    private static Item.Rows item(Decoded decoded, BadRow... bad) {
        NumbersSource numbers = new NumbersSource();
        Config nothing = ConfigSpec.of().parse(Map.of()).orThrow();
        SourceStep step = new SourceStep(new SourceNode("in", numbers, nothing), numbers.source(nothing));
        PartitionReader reader = new PartitionReader(
                step,
                Partition.of("a", true),
                Optional.empty(),
                false,
                new LaneQueue(RuntimeSettings.DEFAULT, 1, woken -> {}));
        return new Item.Rows(reader, Given.of(NONE), decoded, List.of(bad), new ResumeState(1, new byte[0]));
    }

    @Test
    void takesTheRoomOfTheBytesOfBadRows() {
        BadRow bad = new BadRow("a", "line 1", Bytes.copyOf(new byte[10_000]), "it is too long");

        assertThat(item(Decoded.untouched(NONE), bad, bad).bytes()).isBetween(20_000L, 21_000L);
    }

    @Test
    void takesTheRoomOfWhatCouldNotBeDecoded() {
        BatchBuilder builder = new BatchBuilder(NumbersSource.SCHEMA);
        builder.append("x".repeat(10_000), 1L);
        Decoded decoded = new Decoded(NONE, builder.build(), List.of(new RejectedRow(0, "it is no json")));

        assertThat(item(decoded).bytes()).isGreaterThan(10_000);
    }
}
