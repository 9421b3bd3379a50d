package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.format.records.CsvHeader;
import dev.penstock.format.records.RecordChecks;
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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;

/** Writes the records of each epoch to objects of its own, which nobody sees before they are committed. */
final class S3SinkWriter implements SinkWriter {
    private final Target target;
    private final WriterSlot slot;
    private final OwnerObject owner;
    private final Requests requests;
    private final ObjectWriter.Sending sending;
    private final Map<String, ObjectWriter> open = new LinkedHashMap<>();
    private final List<ObjectWriter> ended = new ArrayList<>();
    private final OpenEpoch epoch = new OpenEpoch();
    private Optional<byte[]> header = Optional.empty();
    private long buffered;
    private int sequence;
    private long rows;

    S3SinkWriter(Target target, WriterSlot slot) {
        this.target = target;
        this.slot = slot;
        this.owner = target.owner(slot.sinkId());
        this.requests = new Requests("s3-sink-" + slot.index(), PartFlow.MOST + 1);
        SinkSettings settings = target.settings();
        this.sending = new ObjectWriter.Sending(
                target.bucket(), settings.encryption(), settings.partBytes(), new PartFlow(requests));
    }

    /** Throws away what an earlier incarnation began and did not make durable (ST-07). */
    void start() {
        try {
            Strays strays =
                    new Strays(target.bucket(), target.settings().connection().prefix(), slot.sinkId());
            requests.call("prepare " + target.shown(), () -> {
                owner.check();
                strays.abort(name -> slot.ownsStray(name.writer(), name.epoch()));
                return true;
            });
        } catch (RuntimeException e) {
            requests.close();
            throw e;
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
        RecordChecks checks = new RecordChecks(batch, records, target.settings().framing(), "objects");
        Directories directories = new Directories(batch, target.settings().partitionColumn());
        List<RejectedRow> rejected = new ArrayList<>(0);
        try {
            useHeader(batch);
            for (int row = 0; row < batch.rowCount(); row++) {
                int at = row;
                Optional<String> reason = checks.reason(row).or(() -> directories.reason(at));
                if (reason.isPresent()) {
                    rejected.add(new RejectedRow(row, reason.get()));
                } else {
                    append(directories.of(row), records, row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory alone is written to
        }
        return new WriteResult(batch.rowCount() - rejected.size(), rejected);
    }

    private void useHeader(RecordBatch batch) throws IOException {
        if (target.settings().framing() != Framing.CSV) {
            return;
        }
        Optional<String> wanted = CsvHeader.of(batch);
        if (!wanted.equals(header.map(line -> new String(line, UTF_8)))) {
            endAll();
            header = wanted.map(line -> line.getBytes(UTF_8));
        }
    }

    private void append(String directory, BytesColumn records, int row) throws IOException {
        ObjectWriter object = open.get(directory);
        if (object == null) {
            object = beginObject(directory);
        }
        int before = object.buffered();
        object.record(records.data(), records.start(row), records.length(row));
        if (target.settings().framing() != Framing.WHOLE) {
            object.lineEnd();
        }
        rows++;
        buffered += object.buffered() - before;
        if (isFull(object)) {
            end(directory, object);
        } else if (buffered > target.settings().bufferBytes()) {
            endLargest();
        }
    }

    private ObjectWriter beginObject(String directory) throws IOException {
        String name = ObjectName.of(target.settings().naming(), slot, epoch.current(), sequence++);
        ObjectWriter begun = new ObjectWriter(
                sending, target.key(directory, name), target.settings().naming().compression());
        open.put(directory, begun);
        if (header.isPresent()) {
            begun.record(header.get(), 0, header.get().length);
            begun.lineEnd();
            buffered += begun.buffered();
        }
        return begun;
    }

    private boolean isFull(ObjectWriter object) {
        SinkSettings.Rolling rolling = target.settings().rolling();
        return object.bytes() >= rolling.bytes()
                || target.settings().framing() == Framing.WHOLE
                || rolling.interval()
                        .filter(age -> object.ageNanos() >= age.toNanos())
                        .isPresent();
    }

    private void endLargest() throws IOException {
        Map.Entry<String, ObjectWriter> largest = null;
        for (Map.Entry<String, ObjectWriter> each : open.entrySet()) {
            if (largest == null
                    || each.getValue().buffered() > largest.getValue().buffered()) {
                largest = each;
            }
        }
        if (largest != null) {
            end(largest.getKey(), largest.getValue());
        }
    }

    private void end(String directory, ObjectWriter object) throws IOException {
        open.remove(directory);
        buffered -= object.buffered();
        ended.add(object);
        object.end();
    }

    private void endAll() throws IOException {
        for (Map.Entry<String, ObjectWriter> each : List.copyOf(open.entrySet())) {
            end(each.getKey(), each.getValue());
        }
    }

    @Override
    public Optional<Prepared> prepare() {
        EpochId sealed = epoch.current();
        try {
            endAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory alone is written to
        }
        if (ended.isEmpty()) {
            epoch.end();
            return Optional.empty();
        }
        Future<Owner> checked = requests.send(owner::check);
        List<StagedObject> staged = ended.stream().map(ObjectWriter::staged).toList();
        requests.await("write to " + target.shown(), checked);
        long bytes = staged.stream().mapToLong(StagedObject::bytes).sum();
        ended.clear();
        epoch.end();
        return Optional.of(new Prepared(sealed, slot.index(), StagedObject.encode(staged), rows, bytes));
    }

    @Override
    public void wakeup() {
        requests.wakeup();
    }

    /** Throws away what was not prepared, as far as that takes no time; the next incarnation does the rest. */
    @Override
    public void close() {
        if (epoch.close()) {
            ended.addAll(open.values());
            new Farewell(target.bucket(), requests).abort(ended);
            requests.close();
        }
    }
}
