package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Barriers, watermarks and ends of several senders. */
final class AlignmentTest {
    private static final Schema SCHEMA = Schema.of(Field.required("n", DataType.INT64));

    private Exchange exchange;
    private Exchange.Sender left;
    private Exchange.Sender right;
    private AlignedInput input;

    @BeforeEach
    void connect() {
        exchange = new Exchange(1, 100, 1 << 20);
        left = exchange.connect(0, 1, SCHEMA, List.of("n")).get(0);
        right = exchange.connect(1, 1, SCHEMA, List.of("n")).get(0);
        input = exchange.inputs().get(0);
    }

    private static RecordBatch row(long value) {
        return new BatchBuilder(SCHEMA).append(value).build();
    }

    /** What comes without waiting, in short. */
    private List<String> events() throws InterruptedException {
        List<String> events = new ArrayList<>();
        Optional<StageEvent> next = input.next(Duration.ZERO);
        while (next.isPresent()) {
            events.add(text(next.get()));
            next = input.next(Duration.ZERO);
        }
        return events;
    }

    private static String text(StageEvent event) {
        if (event instanceof StageEvent.Rows rows) {
            return "rows " + rows.input() + " " + rows.batch().row(0).get(0);
        }
        if (event instanceof StageEvent.Barrier barrier) {
            return "barrier " + barrier.epoch();
        }
        if (event instanceof StageEvent.Watermark watermark) {
            return "watermark " + watermark.micros();
        }
        if (event instanceof StageEvent.Time time && time.event() instanceof TimeEvent.Begun) {
            return "begun";
        }
        return event instanceof StageEvent.Idle ? "idle" : "end";
    }

    @Test
    void saysThatTheStartIsOverOnceItIsForEverySender() throws InterruptedException {
        left.time(new TimeEvent.Begun());
        left.rows(row(10));
        assertThat(events()).containsExactly("rows 0 10");
        right.time(new TimeEvent.Begun());
        assertThat(events()).containsExactly("begun");
    }

    @Test
    void holdsTheEarlyChannelBackUntilTheOtherHasItsBarrier() throws InterruptedException {
        left.barrier(1);
        left.rows(row(10));
        right.rows(row(20));
        assertThat(events()).containsExactly("rows 1 20");
        right.rows(row(21));
        right.barrier(1);
        right.rows(row(22));
        assertThat(events()).startsWith("rows 1 21", "barrier 1").contains("rows 0 10", "rows 1 22");
    }

    @Test
    void alignsSeveralEpochsThatAreUnderWay() throws InterruptedException {
        left.barrier(1);
        left.rows(row(1));
        left.barrier(2);
        left.rows(row(2));
        right.barrier(1);
        assertThat(events()).containsExactly("barrier 1", "rows 0 1");
        right.barrier(2);
        assertThat(events()).containsExactly("barrier 2", "rows 0 2");
    }

    @Test
    void doesNotWaitForAChannelThatHasEnded() throws InterruptedException {
        left.barrier(1);
        right.rows(row(1));
        right.end();
        assertThat(events()).containsExactly("rows 1 1", "barrier 1");
        left.barrier(2);
        left.end();
        assertThat(events()).containsExactly("barrier 2", "end");
        assertThat(input.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void refusesBarriersOfDifferentEpochs() throws InterruptedException {
        left.barrier(1);
        right.barrier(2);
        assertThatThrownBy(this::events)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a barrier was lost or sent twice");
    }

    @Test
    void takesTheLeastWatermarkOfThoseThatAreNotIdle() throws InterruptedException {
        left.watermark(10);
        assertThat(events()).isEmpty();
        right.watermark(5);
        assertThat(events()).containsExactly("watermark 5");
        right.idle();
        assertThat(events()).containsExactly("watermark 10");
        left.watermark(20);
        assertThat(events()).containsExactly("watermark 20");
        right.watermark(12);
        assertThat(events()).isEmpty();
        right.watermark(25);
        left.watermark(30);
        assertThat(events()).containsExactly("watermark 25");
    }

    @Test
    void goesToTheGreatestWatermarkWhenAllAreIdle() throws InterruptedException {
        left.watermark(10);
        right.watermark(5);
        left.idle();
        assertThat(events()).containsExactly("watermark 5");
        right.idle();
        assertThat(events()).containsExactly("watermark 10", "idle");
        right.rows(row(1));
        right.watermark(7);
        assertThat(events()).containsExactly("rows 1 1");
    }

    @Test
    void letsTheOthersGoOnWhenAChannelEnds() throws InterruptedException {
        left.watermark(10);
        right.end();
        assertThat(events()).containsExactly("watermark 10");
    }

    @Test
    void keepsOnlyTheNewestOfWatermarksThatWait() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            left.watermark(i);
        }
        right.watermark(100);
        assertThat(events()).containsExactly("watermark 9");
    }

    @Test
    void endsAllWaitingWhenItIsClosed() {
        exchange.close();
        assertThatThrownBy(() -> left.rows(row(1))).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> input.next(Duration.ofMinutes(1))).isInstanceOf(CancellationException.class);
    }

    @Test
    void returnsWhenWoken() throws InterruptedException {
        input.wakeup();
        assertThat(input.next(Duration.ofMinutes(10))).isEmpty();
    }
}
