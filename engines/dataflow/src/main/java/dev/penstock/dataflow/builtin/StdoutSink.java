package dev.penstock.dataflow.builtin;

import dev.penstock.dataflow.JsonText;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Prints a batch at a time, so that lines of other threads do not come between its bytes. */
final class StdoutSink implements Sink {
    private final PrintStream out;
    private final boolean operation;

    StdoutSink(PrintStream out, boolean operation) {
        this.out = out;
        this.operation = operation;
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        return new SinkPlan.Accept();
    }

    @Override
    public Routing routing() {
        return new Routing.Single();
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        return new Writer();
    }

    @Override
    public void close() {}

    private final class Writer implements SinkWriter {
        @Override
        public void begin(EpochId epoch) {}

        @Override
        public WriteResult write(RecordBatch batch) {
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            boolean records = Payload.isIn(batch.schema()) && batch.schema().size() == 1;
            for (int row = 0; row < batch.rowCount(); row++) {
                String prefix = operation ? batch.operation(row) + " " : "";
                lines.writeBytes(prefix.getBytes(StandardCharsets.UTF_8));
                lines.writeBytes(records ? record(batch, row) : json(batch, row));
                lines.write('\n');
            }
            byte[] printed = lines.toByteArray();
            out.write(printed, 0, printed.length);
            return WriteResult.accepted(batch.rowCount());
        }

        private static byte[] record(RecordBatch batch, int row) {
            return ((BytesColumn) batch.column(Payload.COLUMN)).bytes(row);
        }

        private static byte[] json(RecordBatch batch, int row) {
            return JsonText.of(batch.row(row)).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void flush() {
            // checkError flushes.
            if (out.checkError()) {
                throw new FatalException(
                        "Cannot write to standard output: whoever read it has closed it; start the pipeline again");
            }
        }

        @Override
        public void close() {}
    }
}
