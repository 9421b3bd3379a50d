package dev.penstock.conformance.engine;

import dev.penstock.conformance.engine.KitState.Position;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.Optional;

/** One partition as it is read. One thread at a time, but for {@link #wakeup}. */
final class KitPartition implements AutoCloseable {
    private static final int BATCH_ROWS = 1024;
    private static final long BATCH_BYTES = 1 << 20;

    private final Partition partition;
    private final SourcePartition reader;
    private Optional<ResumeState> after;
    private Optional<ResumeState> told;
    private boolean ended;
    private boolean unlisted;

    KitPartition(Source source, Partition partition, Optional<ResumeState> resumeFrom) {
        this.partition = partition;
        this.after = resumeFrom;
        this.told = resumeFrom;
        this.reader = source.partition(partition, resumeFrom);
    }

    String id() {
        return partition.id();
    }

    boolean ended() {
        return ended;
    }

    /** It was listed once and no longer is. */
    void unlisted() {
        unlisted = true;
    }

    /** The next rows, of which {@link #position} speaks from now on; empty if there are none. */
    Optional<RecordBatch> poll(Duration maxWait) {
        Poll poll = reader.poll(BATCH_ROWS, BATCH_BYTES, maxWait);
        if (poll instanceof Poll.Rows rows) {
            if (!rows.bad().isEmpty()) {
                throw bad(rows.bad().get(0));
            }
            after = Optional.of(rows.after());
            return Optional.of(rows.rows());
        }
        if (poll instanceof Poll.Idle idle) {
            after = Optional.of(idle.position());
        } else if (poll instanceof Poll.End end) {
            after = Optional.of(end.last());
            ended = true;
        }
        return Optional.empty();
    }

    private static DataException bad(BadRow row) {
        return new DataException(
                "Cannot read partition '" + row.partition() + "' at " + row.position() + ": " + row.cause());
    }

    Optional<Position> position() {
        return unlisted && ended ? Optional.empty() : after.map(state -> new Position(partition, state));
    }

    /** What {@link #position} said is safe. */
    void durable() {
        if (!after.equals(told)) {
            after.ifPresent(reader::stateDurable);
            told = after;
        }
    }

    void wakeup() {
        reader.wakeup();
    }

    @Override
    public void close() {
        reader.close();
    }
}
