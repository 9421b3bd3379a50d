package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.reference.LogClient.TableRow;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads a partition of a log: first its table if the settings say so, then entry by entry.
 *
 * <p>The state is a value that is replaced when rows are given, so what was handed out with an earlier batch never
 * changes, and a poll that fails leaves it as it was.
 */
final class MemoryPartition implements SourcePartition {
    private static final Duration ASK_AGAIN = Duration.ofMillis(100);

    private final LogClient client;
    private final Part part;
    private final Wakeup wakeup;
    private MemoryState state;
    private Optional<LogPosition> end = Optional.empty();
    private boolean ended;
    private boolean closed;

    /**
     * What is read.
     *
     * @param id of the partition
     * @param number of the partition on the server
     * @param schema of its rows
     * @param follow whether to wait for more at the end
     */
    record Part(String id, int number, Schema schema, boolean follow) {}

    MemoryPartition(LogClient client, Part part, MemoryState state) {
        this.client = requireNonNull(client, "client");
        this.part = part;
        this.state = state;
        this.wakeup = new Wakeup(client::interrupt);
    }

    /** Refuses a position that is no longer there before anything is read from it (SP-07). */
    void requireReadable() {
        if (state.table().isEmpty()) {
            Optional<List<LogEntry>> ignored = read(1, 1, Duration.ZERO);
        }
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read partition '" + part.id + "': its reader is closed");
        }
        if (ended) {
            return new Poll.End(state.encode());
        }
        if (!wakeup.begin()) {
            return idle();
        }
        try {
            return next(maxRows, maxBytes, maxWait);
        } catch (RetryableException e) {
            if (wakeup.wasInterrupted()) {
                return idle();
            }
            throw e;
        } finally {
            wakeup.end();
        }
    }

    private Poll next(int maxRows, long maxBytes, Duration maxWait) {
        if (state.table().isPresent()) {
            List<TableRow> page =
                    client.table(reading(maxRows, maxBytes), state.table().get());
            if (!page.isEmpty()) {
                return tableRows(page);
            }
            state = MemoryState.log(state.position());
        }
        if (!part.follow && end.isEmpty()) {
            end = Optional.of(client.position(part.number, "latest"));
        }
        Optional<List<LogEntry>> entries = read(maxRows, maxBytes, part.follow ? maxWait : Duration.ZERO);
        if (entries.isEmpty()) {
            ended = true;
            return new Poll.End(state.encode());
        }
        return entries.get().isEmpty() ? idle() : logRows(entries.get());
    }

    private Log.Reading reading(int maxRows, long maxBytes) {
        return new Log.Reading(part.number, state.position(), maxRows, maxBytes);
    }

    /** The next entries; empty if none can ever follow, because the end was reached or the partition is gone. */
    private Optional<List<LogEntry>> read(int maxRows, long maxBytes, Duration maxWait) {
        try {
            List<LogEntry> entries = client.read(reading(maxRows, maxBytes), maxWait).stream()
                    .filter(this::isBeforeTheEnd)
                    .toList();
            return entries.isEmpty() && !part.follow ? Optional.empty() : Optional.of(entries);
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.EXPIRED) {
                throw new ResumeLostException(
                        part.id,
                        state.position().toString(),
                        String.valueOf(refusal.getMessage()),
                        "reset the state of the source to read from there, and keep rows longer");
            }
            requireLog();
            return Optional.empty();
        }
    }

    /** A partition that is gone ends; a log that is gone is an error. */
    private void requireLog() {
        client.partitions();
    }

    private boolean isBeforeTheEnd(LogEntry entry) {
        return end.isEmpty() || entry.position().compareTo(end.get()) < 0;
    }

    private Poll logRows(List<LogEntry> entries) {
        EntryRows rows = new EntryRows(part.id, part.schema);
        entries.forEach(entry -> rows.add(entry, Optional.empty()));
        state = MemoryState.log(entries.get(entries.size() - 1).position().next());
        return new Poll.Rows(rows.build(), state.encode(), rows.bad());
    }

    private Poll tableRows(List<TableRow> page) {
        EntryRows rows = new EntryRows(part.id, part.schema);
        page.forEach(row -> rows.add(row.entry(), Optional.of(Operation.READ)));
        state = MemoryState.table(state.position(), page.get(page.size() - 1).key());
        return new Poll.Rows(rows.build(), state.encode(), rows.bad());
    }

    private Poll idle() {
        return new Poll.Idle(state.encode(), ASK_AGAIN);
    }

    @Override
    public void stateDurable(ResumeState durable) {
        MemoryState safe = MemoryState.decode(part.id, durable);
        if (safe.table().isPresent()) {
            return; // the table is made of the rows before the position: none of them is done with
        }
        try {
            client.release(part.number, safe.position());
        } catch (RetryableException e) {
            // The next state says the same and more; rows that are kept too long harm nobody.
        }
    }

    @Override
    public void wakeup() {
        wakeup.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
