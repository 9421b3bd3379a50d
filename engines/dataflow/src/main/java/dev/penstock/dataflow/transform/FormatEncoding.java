package dev.penstock.dataflow.transform;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Payload;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import dev.penstock.spi.format.Encoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes a format that a connector offers; opened with the first batch, whose columns it must know. */
final class FormatEncoding implements Encoding {
    private final Encoder encoder;
    private @Nullable ConnectorContext context;
    private boolean open;

    FormatEncoding(Encoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public void check(Schema written, List<Problem> problems) {
        try {
            encoder.check(written);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
    }

    @Override
    public Field field(Schema written) {
        return Payload.FIELD;
    }

    @Override
    public boolean writesOperations() {
        return encoder.writesOperations();
    }

    @Override
    public boolean takesUnchanged() {
        return encoder.takesUnchanged();
    }

    @Override
    public void open(ConnectorContext opened) {
        context = opened;
    }

    @Override
    public EncodedRecords encode(RecordBatch rows) {
        if (!open) {
            encoder.open(requireNonNull(context, "context"), rows.schema());
            open = true;
        }
        return encoder.encode(rows);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
