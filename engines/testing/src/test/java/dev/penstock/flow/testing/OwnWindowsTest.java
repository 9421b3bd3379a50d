package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Fold;
import dev.penstock.dataflow.flow.WindowResult;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.KeyWindows;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** What programs may write themselves: windows, folds, and windows over windows. */
final class OwnWindowsTest {
    private record Sale(String shop, String time, long price) {
        Instant instant() {
            return Instant.parse(time);
        }
    }

    /** What a mean is made of. */
    record Mean(long sum, long count) {
        Mean with(Sale sale) {
            return new Mean(sum + sale.price(), count + 1);
        }

        Mean with(Mean other) {
            return new Mean(sum + other.sum, count + other.count);
        }
    }

    /** As in the guide. */
    private record Months(ZoneId zone) implements Windower {
        @Override
        public void openFor(long time, KeyWindows windows) {
            YearMonth month = month(time);
            long close = micros(month.plusMonths(1));
            windows.choose(id(month), micros(month), close, close);
        }

        @Override
        public void lateFor(long time, LongConsumer ids) {
            ids.accept(id(month(time)));
        }

        private YearMonth month(long time) {
            return YearMonth.from(Instant.EPOCH.plus(time, ChronoUnit.MICROS).atZone(zone));
        }

        private long micros(YearMonth month) {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH, month.atDay(1).atStartOfDay(zone).toInstant());
        }

        private static long id(YearMonth month) {
            return month.getLong(ChronoField.PROLEPTIC_MONTH);
        }
    }

    @Test
    void areMonthsOfACalendar() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("months");
                    Fold<Sale, Mean, Mean> kept = Fold.of(() -> new Mean(0, 0), Mean::with, Mean::with);
                    Fold<Sale, Mean, Long> means =
                            kept.codec(StateCodec.ofRecord(Mean.class)).finish(mean -> mean.sum() / mean.count());
                    flow.read(
                                    "in",
                                    bed.<Sale>source(
                                            "in",
                                            new Sale("shop", "2024-01-31T22:59:59Z", 10),
                                            new Sale("shop", "2024-01-31T23:00:00Z", 20),
                                            new Sale("shop", "2024-02-29T12:00:00Z", 40),
                                            new Sale("shop", "2024-01-01T00:00:00Z", 99),
                                            new Sale("shop", "2024-02-29T23:00:00Z", 50)))
                            .keyBy("shop", Sale::shop)
                            .window("month", EventClock.of(Sale::instant), new Months(ZoneId.of("Europe/Berlin")))
                            .fold("mean", means)
                            .results()
                            .to("out", bed.sink("out", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        List<Map.Entry<String, WindowResult<Long>>> means = results.of("out");
        assertThat(means.stream()
                        .map(entry -> entry.getValue().windowId() + "="
                                + entry.getValue().value()))
                .containsExactly("24288=10", "24289=30", "24290=50");
    }

    @Test
    void takeTheTimesOfOtherWindows() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("twice");
                    flow.read(
                                    "in",
                                    bed.<Sale>source(
                                            "in",
                                            new Sale("one", "2024-01-01T00:00:10Z", 1),
                                            new Sale("two", "2024-01-01T00:00:20Z", 1),
                                            new Sale("one", "2024-01-01T00:59:50Z", 1),
                                            new Sale("one", "2024-01-01T01:00:00Z", 1)))
                            .keyBy("shop", Sale::shop)
                            .window("minute", EventClock.of(Sale::instant), Windows.tumbling(Duration.ofMinutes(1)))
                            .count("sales")
                            .values("counts")
                            .window("hour", EventClock.carried(), Windows.tumbling(Duration.ofHours(1)))
                            .collect("minutes")
                            .values("lists")
                            .to("out", bed.sink("out", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        assertThat(results.<Object>of("out"))
                .containsExactlyInAnyOrder(
                        Map.entry("one", List.of(1L, 1L)),
                        Map.entry("two", List.of(1L)),
                        Map.entry("one", List.of(1L)));
    }
}
