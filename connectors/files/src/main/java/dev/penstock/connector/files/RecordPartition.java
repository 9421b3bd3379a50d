package dev.penstock.connector.files;

import dev.penstock.connector.files.RecordState.Sample;
import dev.penstock.format.records.Compression;
import dev.penstock.format.records.PollClock;
import dev.penstock.format.records.RecordCutter;
import dev.penstock.format.records.RecordEnds;
import dev.penstock.format.records.RecordOrigin;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the lines or csv records of one file. */
final class RecordPartition implements SourcePartition {
    private static final Logger LOG = LoggerFactory.getLogger(FilesConnector.class);
    private static final int BLOCK_BYTES = 256 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final String id;
    private final Path file;
    private final SourceSettings settings;
    private final RecordEnds ends;
    private final RecordCutter cutter;
    private final PollClock clock = new PollClock(LONGEST_WAIT);
    private RecordState state;
    private boolean started;
    private boolean ended;
    private boolean continued;
    private @Nullable OpenFile current;
    private @Nullable RecordEntry entry;
    private Optional<BasicFileAttributes> damaged = Optional.empty();
    private Map<String, String> attributes = Map.of();

    RecordPartition(String id, Path file, SourceSettings settings, Optional<RecordState> resumeFrom) {
        this.id = id;
        this.file = file;
        this.settings = settings;
        this.ends = RecordEnds.of(settings.framing());
        this.cutter = new RecordCutter(ends, settings.maxRecordBytes(), BLOCK_BYTES);
        this.state = resumeFrom.orElse(RecordState.START);
        this.started = resumeFrom.isPresent();
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        clock.start(maxWait);
        try {
            return ended ? new Poll.End(state.encode()) : pollOpen(maxRows, maxBytes);
        } catch (NoSuchFileException e) {
            return vanished();
        } catch (RecordEntry.ChangedException e) {
            return changed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return failed(e);
        } finally {
            clock.stop();
        }
    }

    private Poll pollOpen(int maxRows, long maxBytes) throws IOException, RecordEntry.ChangedException {
        if (damaged.isPresent()) {
            if (ReadFailure.isUnchanged(file, damaged.get())) {
                return idle();
            }
            damaged = Optional.empty();
        }
        OpenFile open = current == null ? open() : current;
        RecordEntry way = entry;
        while (way != null && !way.advance()) {
            if (clock.isOver()) {
                return new Poll.Idle(state.encode(), Duration.ZERO);
            }
        }
        if (way != null) {
            entry = null;
            cutter.restart(state.offset());
            continued = state.openLine();
        }
        return read(open, maxRows, maxBytes);
    }

    private OpenFile open() throws IOException, RecordEntry.ChangedException {
        OpenFile opened = OpenFile.open(file, settings.compression(), ReadFailure.attributesOf(file, id, started));
        current = opened;
        RecordEntry way = new RecordEntry(state, opened.content());
        entry = way;
        if (state.offset() > 0) {
            RecordEntry.Head head = RecordEntry.head(file, settings, ends);
            Optional<String> difference = way.difference(head);
            if (difference.isPresent()) {
                throw new RecordEntry.ChangedException(difference.get());
            }
            state = state.withHead(head.bytes(), head.bytes().length);
            attributes = head.header().map(line -> Map.of(Payload.HEADER, line)).orElse(Map.of());
        }
        return opened;
    }

    private Poll read(OpenFile open, int maxRows, long maxBytes) throws IOException, RecordEntry.ChangedException {
        boolean filled = false;
        while (true) {
            Optional<Poll> rows = cut(open, maxRows, maxBytes, false);
            if (rows.isPresent()) {
                return rows.get();
            }
            // Not before something was read: an engine that has no time to wait must get on too.
            if (filled && clock.isOver() && cutter.inRecord()) {
                return new Poll.Idle(state.encode(), Duration.ZERO);
            }
            int count = cutter.fill(open.content(), open.rest());
            if (count < 0) {
                return end(open, maxRows, maxBytes);
            }
            started = true;
            filled = true;
        }
    }

    private Optional<Poll> cut(OpenFile open, int maxRows, long maxBytes, boolean last) throws IOException {
        if (cutter.rest() > 0) {
            begin();
            if (continued) {
                return rest(last);
            }
        }
        if (needsHeader() && !header(last)) {
            return Optional.empty();
        }
        RecordCutter.Cut cut = cutter.cut(maxRows, maxBytes, last);
        return cut.isEmpty() ? Optional.empty() : Optional.of(rows(open, cut, last));
    }

    private void begin() {
        if (cutter.offset() == 0) {
            byte[] head = cutter.copyRest(RecordState.HEAD_BYTES);
            state = state.withHead(head, head.length);
            cutter.passByteOrderMark();
        }
        if (continued && cutter.passLineEnd()) {
            continued = false;
            state = new RecordState(cutter.offset(), state.head(), state.tail(), state.atEnd(), false);
        }
    }

    /** The rest of a line that was taken for whole because the file ended in its middle. */
    private Optional<Poll> rest(boolean last) {
        RecordCutter.Cut cut = cutter.cut(1, Long.MAX_VALUE, last);
        if (cut.isEmpty()) {
            return Optional.empty();
        }
        continued = false;
        BadRow bad = new BadRow(
                id,
                "byte " + state.offset(),
                Bytes.copyOf(cut.records().size() > 0 ? cut.records().bytes(0) : new byte[0]),
                "The line before was read while it was being written; this is the rest of it");
        state = new RecordState(cutter.offset(), state.head(), Sample.NONE, false, last && !cutter.endedByLineFeed());
        return Optional.of(new Poll.Rows(RecordBatch.empty(WholeRows.RECORD), state.encode(), List.of(bad)));
    }

    private boolean needsHeader() {
        return ends.skipsEmpty() && attributes.isEmpty();
    }

    private boolean header(boolean last) {
        RecordCutter.Cut cut = cutter.cut(1, Long.MAX_VALUE, last);
        if (!cut.faults().isEmpty()) {
            throw new DataException("Cannot read file '" + id + "': its header line is longer than "
                    + settings.maxRecordBytes() + " bytes; raise 'max-record-bytes' or leave the file out");
        }
        if (cut.records().size() > 0) {
            attributes = Map.of(Payload.HEADER, cut.records().string(0));
        }
        return cut.records().size() > 0;
    }

    private Poll rows(OpenFile open, RecordCutter.Cut cut, boolean last) throws IOException {
        BytesColumn records = cut.records();
        int count = records.size();
        RecordBatch batch = RecordBatch.of(WholeRows.RECORD, count, List.of(records))
                .withOrigin(new RecordOrigin(id, cut.base(), cut.starts(), attributes));
        List<BadRow> bad =
                cut.faults().stream().map(fault -> fault.toBadRow(id)).toList();
        Sample tail = count == 0 ? Sample.NONE : Sample.ofLast(records, cut.base() + cut.starts()[count - 1]);
        boolean atEnd = cutter.rest() == 0 && open.endsAt(cutter.offset());
        state = new RecordState(cutter.offset(), state.head(), tail, atEnd, last && !cutter.endedByLineFeed());
        clock.busy();
        return new Poll.Rows(batch, state.encode(), bad);
    }

    private Poll end(OpenFile open, int maxRows, long maxBytes) throws IOException, RecordEntry.ChangedException {
        Optional<String> difference = settings.follow() ? open.difference() : Optional.empty();
        if (!settings.follow() || difference.isPresent()) {
            Optional<Poll> rows = cut(open, maxRows, maxBytes, true);
            if (rows.isPresent()) {
                return rows.get();
            }
        }
        if (difference.isPresent()) {
            throw new RecordEntry.ChangedException(difference.get());
        }
        // Before the header is known there is no place behind it.
        state = (needsHeader() ? state : state.withOffset(cutter.offset())).withAtEnd(!cutter.inRecord());
        if (open.mustBeReopened()) {
            letGo();
        }
        return settings.follow() ? idle() : finish();
    }

    private Poll idle() {
        return new Poll.Idle(state.encode(), clock.idle());
    }

    private Poll finish() {
        ended = true;
        letGo();
        return new Poll.End(state.encode());
    }

    private Poll vanished() {
        if (started && !state.atEnd()) {
            throw RecordEntry.lost(id, state, OpenFile.GONE);
        }
        return finish();
    }

    private Poll changed(String difference) {
        letGo();
        if (difference.equals(OpenFile.GONE)) {
            state = state.withAtEnd(!cutter.inRecord());
            return vanished();
        }
        if (settings.whenChanged() == SourceSettings.WhenChanged.ERROR) {
            throw RecordEntry.lost(id, state, difference);
        }
        LOG.warn("File '{}' is read from its start: {}", id, difference);
        state = RecordState.START;
        attributes = Map.of();
        continued = false;
        cutter.restart(0);
        return new Poll.Idle(state.encode(), Duration.ZERO);
    }

    /** Unreadable or damaged: said once, and tried again when the file has changed or in the next run. */
    private Poll failed(IOException failure) {
        if (!ReadFailure.isOfFile(failure)) {
            throw FileFailure.of("read", file, SourceSettings.PATH.name(), failure);
        }
        if (settings.follow() && Compression.isTruncation(failure)) {
            // Somebody is writing it.
            park();
            return idle();
        }
        BadRow bad = ReadFailure.badRow(id, "byte " + state.offset(), cutter.copyRest(BadRow.MAX_BYTES), failure);
        park();
        ended = !settings.follow();
        return new Poll.Rows(RecordBatch.empty(WholeRows.RECORD), state.encode(), List.of(bad));
    }

    /** Leaves the file alone until it has changed. */
    private void park() {
        letGo();
        cutter.restart(state.offset());
        damaged = ReadFailure.attributes(file);
    }

    @Override
    public void wakeup() {
        clock.wakeup();
    }

    private void letGo() {
        ReadFailure.closeQuietly(current);
        current = null;
        entry = null;
    }

    @Override
    public void close() {
        clock.close();
        letGo();
    }
}
