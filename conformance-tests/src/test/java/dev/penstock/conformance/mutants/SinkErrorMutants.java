package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.mutants.SinkMutants.WriterMutant;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Role;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** Mutants of the rules of errors that are about sinks. */
public final class SinkErrorMutants {
    private SinkErrorMutants() {}

    static List<Mutant> all() {
        return List.of(new Mutant("ER-02", Role.SINK, SendsChunksAgain.class));
    }

    /** Cuts large batches into chunks, and sends a chunk again of which a row was refused. */
    public static final class SendsChunksAgain extends WriterMutant {
        private static final int CHUNK = 500;

        @Override
        SinkWriter change(SinkWriter original, WriterSlot slot) {
            return new ForwardingWriter(original) {
                @Override
                public WriteResult write(RecordBatch batch) {
                    List<RejectedRow> rejected = new ArrayList<>();
                    for (int from = 0; from < batch.rowCount(); from += CHUNK) {
                        RecordBatch chunk = batch.slice(from, Math.min(from + CHUNK, batch.rowCount()));
                        WriteResult result = writer.write(chunk);
                        if (!result.rejected().isEmpty() && batch.rowCount() > CHUNK) {
                            result = writer.write(chunk);
                        }
                        for (RejectedRow row : result.rejected()) {
                            rejected.add(new RejectedRow(from + row.index(), row.reason()));
                        }
                    }
                    return new WriteResult(batch.rowCount() - rejected.size(), rejected);
                }
            };
        }
    }
}
