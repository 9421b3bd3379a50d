package dev.penstock.conformance.numbered;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps each row exactly once, in a file for each writer's epoch that counts from its commit on. */
final class LedgerSink implements Sink {
    private final Path directory;
    private final RowLayout layout;

    LedgerSink(Config config) {
        this.directory = config.baseDirectory().resolve(config.get(NumberedConnector.DIRECTORY));
        this.layout = RowLayout.named(config.get(NumberedConnector.LAYOUT));
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public void provision() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        return new SinkPlan.Accept();
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Ledger.prepared(directory).stream()
                .filter(name -> slot.ownsStray(name.writer(), name.epoch()))
                .forEach(stray -> Ledger.discard(directory, stray));
        return new Writer(slot);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return new Committer();
    }

    @Override
    public void close() {}

    private final class Writer implements SinkWriter {
        private final WriterSlot slot;
        private final List<NumberedRow> rows = new ArrayList<>();
        private EpochId epoch = new EpochId("none", 0);

        private Writer(WriterSlot slot) {
            this.slot = slot;
        }

        @Override
        public void begin(EpochId newEpoch) {
            epoch = newEpoch;
        }

        @Override
        public WriteResult write(RecordBatch batch) {
            rows.addAll(layout.rows(batch));
            return WriteResult.accepted(batch.rowCount());
        }

        @Override
        public Optional<Prepared> prepare() {
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            Ledger.Name name = new Ledger.Name(epoch.epoch(), slot.index(), epoch.runId());
            Ledger.prepare(directory, name, rows);
            Prepared prepared = new Prepared(
                    epoch,
                    slot.index(),
                    new ResumeState(1, name.toString().getBytes(StandardCharsets.UTF_8)),
                    rows.size(),
                    0);
            rows.clear();
            return Optional.of(prepared);
        }

        @Override
        public void close() {}
    }

    private final class Committer implements SinkCommitter {
        @Override
        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            handles.forEach(handle -> outcomes.put(handle, commit(handle)));
            return outcomes;
        }

        private Outcome commit(Prepared handle) {
            Ledger.Name name = Ledger.Name.of(new String(handle.handle().bytes(), StandardCharsets.UTF_8));
            if (Ledger.commit(directory, name)) {
                return Outcome.COMMITTED;
            }
            return Ledger.counts(directory, name) ? Outcome.ALREADY_COMMITTED : Outcome.LOST;
        }

        @Override
        public void close() {}
    }
}
