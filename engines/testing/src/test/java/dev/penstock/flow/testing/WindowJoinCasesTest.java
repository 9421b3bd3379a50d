package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Case 27: names and mails joined in windows of an hour, aligned to 2023. */
final class WindowJoinCasesTest {
    private static final Instant ALIGN = Instant.parse("2023-01-01T00:00:00Z");
    private static final Duration DAYS = Duration.ofDays(347);

    /** A name or a mail, some minutes after the start of window 8328. */
    record Part(String side, int minute, String value) {
        Instant time() {
            return ALIGN.plus(DAYS).plus(Duration.ofMinutes(minute));
        }
    }

    @Test
    void joinsWhatIsInTheSameWindow() {
        assertThat(joined(new Part("name", 0, "Bee"), new Part("mail", 15, "bee@example.com")))
                .containsExactly("8328 Bee bee@example.com");
    }

    @Test
    void givesSidesThatMissTheOtherWhenTheirWindowCloses() {
        assertThat(joined(new Part("name", 0, "Hive"), new Part("mail", 75, "hive@example.com")))
                .containsExactly("8328 Hive -", "8329 - hive@example.com");
    }

    private static List<String> joined(Part... parts) {
        return FlowTester.of(bed -> {
                    Flow flow = Flow.named("join");
                    Stream<Part> in = flow.read("in", bed.source("in", parts));
                    side(in, "name")
                            .window("hour", EventClock.of(Part::time), Windows.tumbling(Duration.ofHours(1), ALIGN))
                            .join(side(in, "mail"), EventClock.of(Part::time))
                            .as(
                                    "join",
                                    (name, mail) -> name.map(Part::value).orElse("-") + " "
                                            + mail.map(Part::value).orElse("-"))
                            .results()
                            .mapValues("text", result -> result.windowId() + " " + result.value())
                            .dropKey("rows")
                            .to("out", bed.<String>sink("out", row -> "all"));
                    return flow;
                })
                .everyWay()
                .of("out");
    }

    private static KeyedStream<String, Part> side(Stream<Part> in, String side) {
        return in.filter("only-" + side, part -> part.side().equals(side)).keyBy("by-" + side, part -> "1");
    }
}
