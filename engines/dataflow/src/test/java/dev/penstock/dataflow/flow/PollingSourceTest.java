package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The black-box case 12, and where polling goes on. */
final class PollingSourceTest {
    private static final Instant FIVE = Instant.parse("2023-01-01T05:00:00Z");
    private static final Duration HALF_HOUR = Duration.ofMinutes(30);
    private static final PollingSource<Boolean> POLLING = PollingSource.every(HALF_HOUR, position -> Polled.item(true));

    @Test
    void looksAtOnceAndAgainAfterTheInterval() {
        PollingPartition<Boolean> partition = at(FIVE, POLLING.alignTo(FIVE));

        assertThat(items(poll(partition))).isEqualTo(List.of(true));
        assertThat(poll(partition)).isEqualTo(new Poll.Idle(new ResumeState(1, new byte[0]), HALF_HOUR));
    }

    @Test
    void looksAgainWhenThePollerWantsTo() {
        PollingSource<Boolean> retrying =
                PollingSource.every(HALF_HOUR, position -> Polled.retryAfter(Duration.ofSeconds(5)));

        assertThat(wait(at(FIVE, retrying))).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void waitsForTheFirstAlignedTime() {
        PollingSource<Boolean> aligned = POLLING.alignTo(FIVE.minus(Duration.ofHours(1)));

        assertThat(wait(at(FIVE.plus(Duration.ofMinutes(15)), aligned))).isEqualTo(Duration.ofMinutes(15));
        assertThat(items(poll(at(FIVE, aligned)))).isEqualTo(List.of(true));
    }

    @Test
    void alignsToATimeThatIsStillToCome() {
        PollingSource<Boolean> aligned = POLLING.alignTo(FIVE.plus(Duration.ofMinutes(70)));

        assertThat(wait(at(FIVE, aligned))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void goesOnWhereItStoodInALaterRun() {
        PollingSource<String> counting = PollingSource.every(
                HALF_HOUR, position -> Polled.item("at " + position).goingOnAt(position.orElse("") + "x"));
        ResumeState after = ((Poll.Rows) poll(at(FIVE, counting))).after();

        Poll next = poll(new PollingPartition<>(counting, InstantSource.fixed(FIVE), Optional.of(after)));
        assertThat(items(next)).isEqualTo(List.of("at Optional[x]"));
    }

    @Test
    void stopsAtWhatThePollerThrows() {
        PollingSource<String> broken = PollingSource.every(HALF_HOUR, position -> {
            throw new IOException("no route");
        });

        assertThatThrownBy(() -> poll(at(FIVE, broken)))
                .isInstanceOf(FatalException.class)
                .hasMessageContaining("no route");
    }

    private static <T> PollingPartition<T> at(Instant now, PollingSource<T> source) {
        return new PollingPartition<>(source, InstantSource.fixed(now), Optional.empty());
    }

    private static Poll poll(PollingPartition<?> partition) {
        return partition.poll(10, 1000, Duration.ZERO);
    }

    private static List<Object> items(Poll poll) {
        return ItemSink.items(((Poll.Rows) poll).rows());
    }

    private static Duration wait(PollingPartition<?> partition) {
        return ((Poll.Idle) poll(partition)).retryAfter();
    }
}
