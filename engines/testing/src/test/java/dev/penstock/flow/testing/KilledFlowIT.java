package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that keeps running sums by key, at random moments, each time with other workers; then lets it end.
 */
final class KilledFlowIT {
    private static final int ITEMS = 60_000;
    private static final int KEYS = 40;
    private static final int ITEMS_A_LINE = 50;
    private static final int MOST_LINES = 300;

    @TempDir
    private Path directory;

    @Test
    void keepsRunningSumsThoughItIsKilledAgainAndAgain() throws Exception {
        KilledChild child = new KilledChild(Child.class, directory, MOST_LINES);
        child.runToItsEnd();

        assertThat(child.written("out").equals(expected()))
                .as("each sum once, %s", KilledChild.seed())
                .isTrue();
    }

    private static List<String> expected() {
        List<String> lines = new ArrayList<>();
        long[] sums = new long[KEYS];
        for (int item = 0; item < ITEMS; item++) {
            sums[item % KEYS] += item;
            lines.add(item % KEYS + " " + sums[item % KEYS]);
        }
        Collections.sort(lines);
        return lines;
    }

    /** The process that is killed. */
    static final class Child {
        private static final Schema LINE = Schema.of(Field.required("text", DataType.STRING));

        private Child() {}

        /** Runs the flow in the directory given, with the number of workers given. */
        public static void main(String[] arguments) {
            Flow flow = flow(Path.of(arguments[0])).workers(Integer.parseInt(arguments[1]));
            EmbeddedEngine.of(flow.plan()).run();
        }

        private static Flow flow(Path directory) {
            Flow flow = Flow.named("sums").checkpoint(Duration.ofMillis(15), directory.resolve("state"));
            flow.read("in", ItemSource.generated(ITEMS, item -> item))
                    .inspect("tell", Child::tell)
                    .keyBy("key", item -> String.valueOf(item % KEYS))
                    .<Long, Long>statefulMap("sum", (before, item) -> {
                        long sum = before.orElse(0L) + item;
                        return Update.keep(sum, sum);
                    })
                    .toStream("entries")
                    .toRows("lines", LINE, (entry, row) -> row.string(0, entry.getKey() + " " + entry.getValue()))
                    .to("out", "files", Map.of("path", directory.resolve("out").toString(), "format", "text"));
            return flow;
        }

        private static void tell(long item) {
            if (item % ITEMS_A_LINE == 0) {
                System.out.println(item);
            }
        }
    }
}
