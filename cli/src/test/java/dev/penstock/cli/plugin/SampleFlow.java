package dev.penstock.cli.plugin;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.Map;

/** A program with a flow, loaded by tests as those of users are. */
public final class SampleFlow {
    private SampleFlow() {}

    /** Writes the words of some lines. */
    public static Flow flow() {
        Flow flow = Flow.named("words").withoutCheckpoint();
        flow.read("lines", ItemSource.of("to be", "or not"))
                .then("words", SampleFlow::words)
                .toRows("rows", Schema.of(Field.of("word", DataType.STRING)), (word, row) -> row.string(0, word))
                .to("out", "stdout", Map.of());
        return flow;
    }

    private static Stream<String> words(Stream<String> lines) {
        return lines.flatMap("split", line -> List.of(line.split(" "))).filter("long", word -> !word.isEmpty());
    }

    /** Has no flow of the right shape. */
    public static final class Shapeless {
        private Shapeless() {}

        /** Is no flow. */
        public static String flow() {
            return "none";
        }
    }

    /** Builds a flow that cannot be. */
    public static final class Failing {
        private Failing() {}

        /** Fails. */
        public static Flow flow() {
            return Flow.named("Not a name");
        }
    }
}
