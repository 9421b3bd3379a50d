package dev.penstock.conformance.forwarding;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/** A writer that does as another does, except for what is overridden. */
public class ForwardingWriter implements SinkWriter {
    /** What calls are passed to. */
    protected final SinkWriter writer;

    /** Passes every call to {@code writer}, and closes it. */
    protected ForwardingWriter(SinkWriter writer) {
        this.writer = requireNonNull(writer, "writer");
    }

    @Override
    public void begin(EpochId epoch) {
        writer.begin(epoch);
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        return writer.write(batch);
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public Optional<Prepared> prepare() {
        return writer.prepare();
    }

    @Override
    public Optional<ResumeState> snapshot() {
        return writer.snapshot();
    }

    @Override
    public void wakeup() {
        writer.wakeup();
    }

    @Override
    public void close() {
        writer.close();
    }
}
