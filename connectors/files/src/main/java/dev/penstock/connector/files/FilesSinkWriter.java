package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.format.records.CsvHeader;
import dev.penstock.format.records.RecordChecks;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the records of each epoch to files of its own in the staging directory. */
final class FilesSinkWriter implements SinkWriter {
    private final Target target;
    private final Path staging;
    private final WriterSlot slot;
    private final Fence fence;
    private final List<StagedFile> staged = new ArrayList<>();
    private final OpenEpoch epoch = new OpenEpoch();
    private @Nullable PartFile part;
    private Optional<String> header = Optional.empty();
    private long partStarted;
    private int sequence;
    private long rows;

    FilesSinkWriter(Target target, WriterSlot slot, Fence fence) {
        this.target = target;
        this.staging = target.staging(slot.sinkId());
        this.slot = slot;
        this.fence = fence;
    }

    /** Makes the staging directory and removes what an earlier incarnation began and did not make durable (ST-07). */
    void start() {
        try {
            Files.createDirectories(staging);
            fence.check();
            try (DirectoryStream<Path> files = Files.newDirectoryStream(staging, "*.part")) {
                for (Path file : files) {
                    boolean stray = StagedFile.owner(String.valueOf(file.getFileName()))
                            .filter(owner -> slot.ownsStray(owner.writer(), owner.epoch()))
                            .isPresent();
                    if (stray) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (IOException e) {
            throw failure("prepare", e);
        }
    }

    @Override
    public void begin(EpochId next) {
        epoch.begin(next);
        sequence = 0;
        rows = 0;
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        epoch.current();
        BytesColumn records = (BytesColumn) batch.column(Payload.COLUMN);
        RecordChecks checks = new RecordChecks(batch, records, target.settings().framing(), "files");
        List<RejectedRow> rejected = new ArrayList<>(0);
        try {
            useHeader(batch);
            for (int row = 0; row < batch.rowCount(); row++) {
                Optional<String> reason = checks.reason(row);
                if (reason.isPresent()) {
                    rejected.add(new RejectedRow(row, reason.get()));
                } else {
                    append(records, row);
                }
            }
        } catch (IOException e) {
            throw failure("write to", e);
        }
        return new WriteResult(batch.rowCount() - rejected.size(), rejected);
    }

    private void useHeader(RecordBatch batch) throws IOException {
        if (target.settings().framing() != Framing.CSV) {
            return;
        }
        Optional<String> wanted = CsvHeader.of(batch);
        if (!wanted.equals(header)) {
            roll();
            header = wanted;
        }
    }

    private void append(BytesColumn records, int row) throws IOException {
        PartFile open = part;
        if (open == null) {
            open = beginPart();
        }
        if (target.isFilePerRecord()) {
            open.record(records.data(), records.start(row), records.length(row));
        } else {
            open.line(records.data(), records.start(row), records.length(row));
        }
        rows++;
        if (isFull(open)) {
            roll();
        }
    }

    private PartFile beginPart() throws IOException {
        String name = StagedFile.name(slot.index(), epoch.current().epoch(), sequence, slot.runId());
        PartFile begun = new PartFile(staging.resolve(name), target.compression());
        part = begun;
        partStarted = System.nanoTime();
        if (header.isPresent()) {
            begun.header(header.get().getBytes(UTF_8));
        }
        return begun;
    }

    private boolean isFull(PartFile open) {
        SinkSettings settings = target.settings();
        if (target.single().isPresent()) {
            return false;
        }
        return open.bytes() >= settings.rollBytes()
                || settings.rollRows().filter(most -> open.rows() >= most).isPresent()
                || target.isFilePerRecord()
                || settings.rollInterval()
                        .filter(age -> System.nanoTime() - partStarted >= age.toNanos())
                        .isPresent();
    }

    private void roll() throws IOException {
        PartFile open = part;
        if (open != null) {
            String partName = target.partName(slot.sinkId(), epoch.current(), slot.index(), sequence++);
            staged.add(open.finish(partName));
            part = null;
        }
    }

    @Override
    public Optional<Prepared> prepare() {
        EpochId ended = epoch.current();
        try {
            fence.check();
            roll();
            if (staged.isEmpty()) {
                epoch.end();
                return Optional.empty();
            }
            Durable.directory(staging);
        } catch (IOException e) {
            throw failure("write to", e);
        }
        long bytes = staged.stream().mapToLong(StagedFile::bytes).sum();
        Prepared prepared = new Prepared(ended, slot.index(), StagedFile.encode(staged), rows, bytes);
        staged.clear();
        epoch.end();
        return Optional.of(prepared);
    }

    private ConnectorException failure(String verb, IOException cause) {
        return FileFailure.of(verb, target.single().orElse(target.directory()), SinkSettings.PATH.name(), cause);
    }

    /** Removes what was not prepared, to give the space back; what is left is removed as stray by the next run. */
    @Override
    public void close() {
        PartFile open = part;
        if (open != null) {
            ReadFailure.closeQuietly(open);
            staged.add(new StagedFile(
                    StagedFile.name(slot.index(), epoch.current().epoch(), sequence, slot.runId()), "", 0, 0, 0));
            part = null;
        }
        epoch.close();
        for (StagedFile file : staged) {
            try {
                Files.deleteIfExists(staging.resolve(file.name()));
            } catch (IOException e) {
                // The next incarnation removes it.
            }
        }
        staged.clear();
    }
}
