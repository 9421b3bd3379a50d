package dev.penstock.dataflow.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StdoutSinkTest {
    private static final Schema SCHEMA = Schema.of(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static void write(PrintStream out, boolean operation, RecordBatch batch) {
        try (StdoutSink sink = new StdoutSink(out, operation);
                SinkWriter writer = sink.writer(new WriterSlot("p/s", "r", 0, 1, -1), List.of())) {
            writer.begin(new EpochId("r", 1));
            assertThat(writer.write(batch).accepted()).isEqualTo(batch.rowCount());
            writer.flush();
        }
    }

    private String written(boolean operation, RecordBatch batch) {
        write(new PrintStream(out, false, UTF_8), operation, batch);
        return out.toString(UTF_8);
    }

    @Test
    void printsRowsAsJsonLines() {
        RecordBatch batch =
                new BatchBuilder(SCHEMA).append(1L, "ä").append(2L, null).build();
        assertThat(written(false, batch)).isEqualTo("{\"id\":1,\"name\":\"ä\"}\n{\"id\":2,\"name\":null}\n");
    }

    @Test
    void printsWhatHasHappenedIfWanted() {
        RecordBatch batch = new BatchBuilder(SCHEMA)
                .append(Row.of(SCHEMA, 1L, null).with(Operation.DELETE))
                .build();
        assertThat(written(true, batch)).isEqualTo("DELETE {\"id\":1,\"name\":null}\n");
    }

    @Test
    void printsRecordsAsTheyAre() {
        RecordBatch batch = new BatchBuilder(Schema.of(Payload.FIELD))
                .append(Bytes.copyOf("a;b".getBytes(UTF_8)))
                .build();
        assertThat(written(false, batch)).isEqualTo("a;b\n");
    }

    @Test
    void failsWhenNobodyListens() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        RecordBatch batch = new BatchBuilder(SCHEMA).append(1L, "a").build();
        assertThatThrownBy(() -> write(broken, false, batch))
                .isInstanceOf(FatalException.class)
                .hasMessageStartingWith("Cannot write to standard output");
    }
}
