package dev.penstock.conformance.mutants;

import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import java.nio.file.Path;
import java.util.Optional;

/** Notes the first row of what it prepares. */
final class NotingWriter extends ForwardingWriter {
    final Path directory;
    Optional<NumberedRow> first = Optional.empty();

    NotingWriter(SinkWriter writer, Path directory) {
        super(writer);
        this.directory = directory;
    }

    static Path notes(Path directory, Prepared handle) {
        return directory.resolve(
                "first-" + handle.epoch().runId() + "-" + handle.epoch().epoch() + "-" + handle.writer());
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        first = first.or(() -> NumberedRow.listOf(batch).stream().findFirst());
        return writer.write(batch);
    }

    @Override
    public Optional<Prepared> prepare() {
        Optional<Prepared> prepared = writer.prepare();
        prepared.ifPresent(handle -> first.ifPresent(row ->
                OtherProcess.add(notes(directory, handle), row.run() + " " + row.partition() + " " + row.sequence())));
        first = Optional.empty();
        return prepared;
    }
}
