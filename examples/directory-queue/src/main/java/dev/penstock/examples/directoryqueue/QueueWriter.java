package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the rows of each epoch into a staged message. */
final class QueueWriter implements SinkWriter {
    private final Staging staging;
    private final WriterSlot slot;
    private final Ledger ledger;
    private final OpenEpoch epoch = new OpenEpoch();
    private Optional<Open> open = Optional.empty();
    private long rows;

    /** A staged message that is being written. */
    private record Open(StagedMessage message, FileChannel channel, OutputStream out) {}

    QueueWriter(Staging staging, WriterSlot slot, Ledger ledger) {
        this.staging = staging;
        this.slot = slot;
        this.ledger = ledger;
    }

    /** Removes what an earlier incarnation began and did not make durable; never what was committed (ST-07). */
    void start() {
        try {
            for (String name : staging.names()) {
                boolean stray = StagedMessage.parse(name)
                        .filter(message -> slot.ownsStray(message.writer(), message.epoch()))
                        .isPresent();
                if (stray && ledger.number(name).isEmpty()) {
                    Files.deleteIfExists(staging.file(name));
                }
            }
        } catch (IOException e) {
            throw QueueFailure.of("clean up", staging.directory(), e);
        }
    }

    @Override
    public void begin(EpochId next) {
        epoch.begin(next);
        rows = 0;
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        epoch.current();
        BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
        List<RejectedRow> rejected = new ArrayList<>();
        try {
            OutputStream out = message().out();
            for (int row = 0; row < batch.rowCount(); row++) {
                Optional<String> reason = reason(batch.operation(row), records, row);
                if (reason.isPresent()) {
                    rejected.add(new RejectedRow(row, reason.get()));
                } else {
                    out.write(records.data(), records.start(row), records.length(row));
                    out.write('\n');
                    rows++;
                }
            }
        } catch (IOException e) {
            throw QueueFailure.of("write to", staging.directory(), e);
        }
        return new WriteResult(batch.rowCount() - rejected.size(), rejected);
    }

    /** Why a row cannot be a line, if it cannot. */
    private static Optional<String> reason(Operation operation, BytesColumn records, int row) {
        if (operation != Operation.INSERT && operation != Operation.READ) {
            return Optional.of("a message cannot take back a row: the operation is " + operation);
        }
        if (records.isNull(row)) {
            return Optional.of("column '" + Payload.COLUMN + "' is null");
        }
        for (int i = 0; i < records.length(row); i++) {
            if (records.data()[records.start(row) + i] == '\n') {
                return Optional.of("column '" + Payload.COLUMN + "' has a line feed in it");
            }
        }
        return Optional.empty();
    }

    private Open message() throws IOException {
        if (open.isEmpty()) {
            EpochId current = epoch.current();
            StagedMessage message = new StagedMessage(slot.index(), current.epoch(), current.runId());
            FileChannel channel = FileChannel.open(
                    staging.file(message.fileName()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
            open = Optional.of(new Open(message, channel, new BufferedOutputStream(Channels.newOutputStream(channel))));
        }
        return open.get();
    }

    @Override
    public Optional<Prepared> prepare() {
        EpochId current = epoch.current();
        epoch.end();
        try {
            ledger.check();
            if (rows == 0) {
                discard();
                return Optional.empty();
            }
            Open message = open.orElseThrow();
            message.out().flush();
            message.channel().force(true);
            long bytes = message.channel().size();
            message.out().close();
            Lane.force(staging.directory());
            open = Optional.empty();
            return Optional.of(
                    new Prepared(current, slot.index(), message.message().handle(), rows, bytes));
        } catch (IOException e) {
            throw QueueFailure.of("prepare a message in", staging.directory(), e);
        }
    }

    private void discard() throws IOException {
        if (open.isPresent()) {
            Open message = open.get();
            open = Optional.empty();
            message.channel().close();
            Files.deleteIfExists(staging.file(message.message().fileName()));
        }
    }

    /** What was not prepared is thrown away; what was stays for the committer. */
    @Override
    public void close() {
        epoch.close();
        try {
            discard();
        } catch (IOException e) {
            throw QueueFailure.of("close a message in", staging.directory(), e);
        }
    }
}
