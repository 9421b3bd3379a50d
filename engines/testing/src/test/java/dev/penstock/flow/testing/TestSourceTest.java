package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestSourceTest {
    private static final Optional<ResumeState> START = Optional.empty();

    /** Case 7, at the source alone. */
    @Test
    void goesOnBehindTheBatchThatWasSnapshotAndPassesAnAbortOnce() {
        TestSource<Integer> source = TestSource.of(0, 1, 2).abort().then(3, 4).batch(2);
        SourcePartition first = partition(source, START);

        Poll.Rows batch = (Poll.Rows) poll(first);
        assertThat(ItemSink.items(batch.rows())).isEqualTo(List.of(0, 1));
        assertThat(items(first)).isEqualTo(List.of(2));
        assertThatThrownBy(() -> poll(first))
                .satisfies(e -> assertThat(TestAbort.caused(e)).isTrue());

        SourcePartition resumed = partition(source, Optional.of(batch.after()));
        assertThat(items(resumed)).isEqualTo(List.of(2));
        assertThat(items(resumed)).isEqualTo(List.of(3, 4));
        assertThat(poll(resumed)).isInstanceOf(Poll.End.class);
    }

    @Test
    void endsAtAnEofAndGoesOnBehindIt() {
        TestSource<String> source = TestSource.of("a").eof().then("b");
        SourcePartition first = partition(source, START);
        assertThat(items(first)).isEqualTo(List.of("a"));

        Poll.End end = (Poll.End) poll(first);
        assertThat(poll(first)).isEqualTo(end);

        SourcePartition second = partition(source, Optional.of(end.last()));
        assertThat(items(second)).isEqualTo(List.of("b"));
        assertThat(poll(second)).isInstanceOf(Poll.End.class);
    }

    @Test
    void movesTheClockOnceAndOnlyWhenAllBeforeIsDurable() {
        TestClock clock = TestClock.at(Instant.EPOCH);
        TestSource<String> source =
                TestSource.of("a").pause(clock, Duration.ofHours(1)).then("b");
        SourcePartition first = partition(source, START);
        ResumeState behindA = ((Poll.Rows) poll(first)).after();

        assertThat(poll(first)).isInstanceOf(Poll.Idle.class);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        first.stateDurable(behindA);
        assertThat(items(first)).isEqualTo(List.of("b"));
        assertThat(items(partition(source, Optional.of(behindA)))).isEqualTo(List.of("b"));
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(3600));
    }

    @Test
    void holdsAnItemBackUntilTheOneBeforeIsDurable() {
        SourcePartition reader = partition(TestSource.of(1, 2).anEpochAnItem(), START);
        ResumeState behindOne = ((Poll.Rows) poll(reader)).after();

        assertThat(poll(reader)).isInstanceOf(Poll.Idle.class);
        reader.stateDurable(behindOne);
        assertThat(items(reader)).isEqualTo(List.of(2));
    }

    @Test
    void waitsForMoreWhileItIsLive() {
        TestSource<Integer> source = TestSource.of(1).live();
        SourcePartition reader = partition(source, START);
        assertThat(items(reader)).isEqualTo(List.of(1));
        assertThat(poll(reader)).isInstanceOf(Poll.Idle.class);

        source.then(2);
        assertThat(items(reader)).isEqualTo(List.of(2));
        source.complete();
        assertThat(poll(reader)).isInstanceOf(Poll.End.class);
    }

    @Test
    void listsItsPartitionsAndEndsOneThatWasRemovedWhereItStood() {
        TestSource<Integer> source = TestSource.partitions(Map.of("north", List.of(1, 2)));
        source.partition("south").then(3);
        try (Source open = source.create()) {
            assertThat(open.discover(Duration.ZERO).partitions())
                    .containsExactlyInAnyOrder(Partition.of("north", true), Partition.of("south", true));
            source.remove("north");
            assertThat(open.discover(Duration.ZERO).partitions()).containsExactly(Partition.of("south", true));
            assertThat(poll(open.partition(Partition.of("north", true), START))).isInstanceOf(Poll.End.class);
        }
    }

    private static SourcePartition partition(TestSource<?> source, Optional<ResumeState> from) {
        return source.create().partition(Partition.of("items", true), from);
    }

    private static Poll poll(SourcePartition reader) {
        return reader.poll(100, 1 << 20, Duration.ZERO);
    }

    private static List<Object> items(SourcePartition reader) {
        return ItemSink.items(((Poll.Rows) poll(reader)).rows());
    }
}
