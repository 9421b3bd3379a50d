package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.ManualClock;
import dev.penstock.dataflow.TestContext;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.StateVersionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sources of items in memory: partitions, positions, and what is there on a later run. */
final class ItemSourceTest {
    private static final Partition ONLY = Partition.of("items", true);

    @Test
    void readsRangesAndGeneratedItems() {
        assertThat(all(ItemSource.range(5, 8), Optional.empty())).containsExactly(5L, 6L, 7L);
        assertThat(all(ItemSource.generated(3, index -> "item " + index), Optional.empty()))
                .containsExactly("item 0", "item 1", "item 2");
        assertThat(all(ItemSource.range(8, 5), Optional.empty())).isEmpty();
    }

    @Test
    void givesPartitionsTheirNames() {
        Source source =
                ItemSource.partitions(Map.of("a", List.of(1), "b", List.of(2))).create();

        assertThat(source.discover(Duration.ZERO).partitions())
                .extracting(Partition::id)
                .containsExactlyInAnyOrder("a", "b");
        assertThat(poll(source.partition(Partition.of("b", true), Optional.empty()), 10))
                .containsExactly(2);
    }

    @Test
    void resumesBehindTheLastItemOfABatch() {
        ItemSource<Integer> source = ItemSource.of(1, 2, 3);
        Poll.Rows first = (Poll.Rows) partition(source, Optional.empty()).poll(2, Long.MAX_VALUE, Duration.ZERO);

        assertThat(all(source, Optional.of(first.after()))).containsExactly(3);
        assertThat(first.rows().origin().position(1)).isEqualTo("item 1");
        assertThat(source.create().describe(first.after())).isEqualTo(Map.of("items", "2"));
    }

    @Test
    void findsWhatWasAddedSinceTheLastRun() {
        List<String> growing = new ArrayList<>(List.of("a"));
        ItemSource<String> source = ItemSource.of(growing);
        ResumeState end = ((Poll.Rows) partition(source, Optional.empty()).poll(9, 999, Duration.ZERO)).after();
        growing.add("b");

        assertThat(all(source, Optional.of(end))).containsExactly("b");
    }

    @Test
    void refusesAPositionBehindTheEnd() {
        ResumeState end =
                ((Poll.Rows) partition(ItemSource.of(1, 2), Optional.empty()).poll(9, 999, Duration.ZERO)).after();

        assertThatThrownBy(() -> partition(ItemSource.of(1), Optional.of(end)))
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("there are only 1 items now");
        assertThatThrownBy(() -> partition(ItemSource.of(1), Optional.of(new ResumeState(9, new byte[8]))))
                .isInstanceOf(StateVersionException.class);
    }

    @Test
    void keepsToTheBytesThatAreAskedFor() {
        assertThat(partition(ItemSource.range(0, 100), Optional.empty()).poll(100, 100, Duration.ZERO))
                .isInstanceOfSatisfying(
                        Poll.Rows.class,
                        rows -> assertThat(rows.rows().rowCount()).isEqualTo(2));
    }

    @Test
    void refusesNulls() {
        assertThatThrownBy(() -> all(ItemSource.of(Arrays.asList("a", null)), Optional.empty()))
                .hasMessage("Cannot read item 1 of partition 'items': it is null, which streams have not");
    }

    private static SourcePartition partition(ItemSource<?> source, Optional<ResumeState> from) {
        return source.create().partition(ONLY, from);
    }

    private static List<Object> all(ItemSource<?> source, Optional<ResumeState> from) {
        SourcePartition partition = partition(source, from);
        List<Object> items = new ArrayList<>();
        for (List<Object> next = poll(partition, 2); !next.isEmpty(); next = poll(partition, 2)) {
            items.addAll(next);
        }
        return items;
    }

    private static List<Object> poll(SourcePartition partition, int maxRows) {
        return partition.poll(maxRows, Long.MAX_VALUE, Duration.ZERO) instanceof Poll.Rows rows
                ? ItemSink.items(rows.rows())
                : List.of();
    }

    @Test
    void givesAnItemEachIntervalFromTheStartOn() {
        ManualClock clock = new ManualClock();
        Source source = ItemSource.every(Duration.ofSeconds(1), index -> "item " + index)
                .create();
        source.open(new TestContext(Path.of(""), clock));
        SourcePartition partition = source.partition(ONLY, Optional.empty());

        assertThat(poll(partition, 10)).containsExactly("item 0");
        assertThat(partition.poll(10, 999, Duration.ZERO))
                .isInstanceOfSatisfying(
                        Poll.Idle.class, idle -> assertThat(idle.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        clock.advance(Duration.ofMillis(2500));
        assertThat(poll(partition, 10)).containsExactly("item 1", "item 2");
        assertThat(source.discover(Duration.ZERO).partitions())
                .extracting(Partition::bounded)
                .containsExactly(false);
        assertThatThrownBy(() -> ItemSource.every(Duration.ZERO, index -> index))
                .hasMessage("Cannot give an item every 'PT0S': it is not positive; give a longer time");
    }
}
