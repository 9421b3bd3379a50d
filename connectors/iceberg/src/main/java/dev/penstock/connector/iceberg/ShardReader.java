package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.ReadState.Place;
import dev.penstock.connector.iceberg.SourceSettings.Looking;
import dev.penstock.format.records.PollClock;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Reads the files of one shard: those of the first snapshot, then those that each later one adds. */
final class ShardReader implements SourcePartition {
    private final TableHistory.Shard shard;
    private final TableHistory history;
    private final Looking looking;
    private final PollClock clock;
    private ReadState state;
    private TableHistory.@Nullable Step step;
    private int file;
    private @Nullable OpenFile open;

    ShardReader(TableHistory.Shard shard, TableHistory history, Looking looking, ReadState state) {
        this.shard = shard;
        this.history = history;
        this.looking = looking;
        this.state = state;
        this.clock = new PollClock(looking.interval());
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        clock.start(maxWait);
        try {
            return read(maxRows, maxBytes);
        } catch (NotFoundException e) {
            throw gone(e);
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap("read partition '" + shard.id() + "' at " + state.shown(), e);
        } finally {
            clock.stop();
        }
    }

    private Poll read(int maxRows, long maxBytes) {
        do {
            Optional<Poll> rows = rows(maxRows, maxBytes);
            if (rows.isPresent()) {
                clock.busy();
                return rows.get();
            }
            if (!advance()) {
                return looking.follow() ? new Poll.Idle(state.encode(), clock.idle()) : new Poll.End(state.encode());
            }
        } while (!clock.isOver());
        return new Poll.Idle(state.encode(), Duration.ZERO);
    }

    private Optional<Poll> rows(int maxRows, long maxBytes) {
        OpenFile now = open;
        if (now == null || step == null) {
            return Optional.empty();
        }
        Optional<OpenFile.Cut> cut = now.cut(maxRows, maxBytes);
        if (cut.isEmpty()) {
            closeFile();
            file++;
            return Optional.empty();
        }
        state = state.at(new Place(
                step.snapshot(),
                step.files().get(file).file().location(),
                cut.get().next()));
        return Optional.of(new Poll.Rows(cut.get().rows(), state.encode()));
    }

    /** Whether there is more to do: goes to the next file, or to the next snapshot. */
    private boolean advance() {
        TableHistory.Step now = step;
        if (now == null) {
            Optional<TableHistory.Step> next = history.next(shard, state);
            next.ifPresent(this::begin);
            return next.isPresent();
        }
        if (file == now.files().size()) {
            state = state.finished(now.snapshot());
            step = null;
        } else if (open == null) {
            open(now);
        }
        return true;
    }

    private void begin(TableHistory.Step next) {
        step = next;
        file = state.place().map(place -> index(next, place)).orElse(0);
    }

    private int index(TableHistory.Step next, Place place) {
        List<FileScanTask> files = next.files();
        for (int i = 0; i < files.size() && place.snapshot() == next.snapshot(); i++) {
            if (files.get(i).file().location().equals(place.file())) {
                return i;
            }
        }
        throw new ResumeLostException(
                shard.id(),
                state.shown(),
                "what is read next is snapshot " + next.snapshot() + ", which has no such file",
                "begin with a new state to read the table anew");
    }

    private void open(TableHistory.Step now) {
        FileScanTask task = now.files().get(file);
        String location = task.file().location();
        long row = state.place()
                .filter(place ->
                        place.snapshot() == now.snapshot() && place.file().equals(location))
                .map(Place::row)
                .orElse(0L);
        open = new OpenFile(shard.id(), location, now.rows().open(task), row);
    }

    /** A file that a snapshot refers to is not there: most likely the snapshot has expired meanwhile. */
    private RuntimeException gone(NotFoundException cause) {
        TableHistory.Step now = step;
        if (now != null && history.hasExpired(now.snapshot())) {
            return new ResumeLostException(
                    shard.id(),
                    state.shown(),
                    "snapshot " + now.snapshot() + " has expired while it was read",
                    "keep snapshots for longer than reading takes, and begin with a new state to read the table anew");
        }
        return new DataException(
                "Cannot read partition '" + shard.id() + "' at " + state.shown() + ": " + cause.getMessage()
                        + "; restore the file, which the table still refers to",
                cause);
    }

    private void closeFile() {
        if (open != null) {
            open.close();
            open = null;
        }
    }

    @Override
    public void wakeup() {
        clock.wakeup();
    }

    @Override
    public void close() {
        clock.close();
        closeFile();
    }
}
