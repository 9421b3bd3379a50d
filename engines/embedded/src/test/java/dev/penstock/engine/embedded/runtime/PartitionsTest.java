package dev.penstock.engine.embedded.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.PlanNode.SourceNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PartitionsTest {
    private static final Config NOTHING = ConfigSpec.of().parse(Map.of()).orThrow();

    private final NumbersSource numbers = new NumbersSource();
    private final Source source = numbers.source(NOTHING);
    private final SourceStep step = new SourceStep(new SourceNode("in", numbers, NOTHING), source);
    private final Partitions partitions = new Partitions(
            new Recovered(-1, List.of(), List.of(), List.of(), Set.of()),
            List.of(new LaneQueue(RuntimeSettings.DEFAULT, 1, woken -> {})));

    @AfterEach
    void close() {
        source.close();
    }

    private List<PartitionReader> discovered(boolean bounded) {
        return partitions.discovered(step, new Discovery(List.of(Partition.of("a", bounded)), false));
    }

    private void end(PartitionReader reader) {
        partitions.ended(reader, new ResumeState(1, new byte[] {7}));
    }

    @Test
    void readsAFollowedPartitionAgainThatWasGoneAndIsBack() {
        end(discovered(false).get(0));

        List<PartitionReader> again = discovered(false);

        assertThat(again)
                .singleElement()
                .satisfies(reader -> assertThat(reader.vanished()).isFalse());
        assertThat(discovered(false)).isEmpty();
        assertThat(partitions.allEnded()).isFalse();
    }

    @Test
    void doesNotReadABoundedPartitionTwice() {
        end(discovered(true).get(0));

        assertThat(discovered(true)).isEmpty();
        assertThat(partitions.allEnded()).isTrue();
    }
}
