package dev.penstock.engine.embedded.store;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.engine.embedded.store.StateSummary.StepState;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Reads what epochs left behind. */
final class StateReader {
    private final Database database;

    StateReader(Database database) {
        this.database = database;
    }

    Recovered recover(long nowMillis) throws SQLException {
        return new Recovered(epoch(), positions(), pending(), snapshots(), steps(nowMillis));
    }

    long epoch() throws SQLException {
        long[] epoch = {-1};
        database.query("SELECT epoch FROM pipeline", row -> epoch[0] = row.getLong(1));
        return epoch[0];
    }

    /** When the last epoch was sealed, in milliseconds since 1970. */
    Optional<Long> sealedMillis() throws SQLException {
        List<Long> found = new ArrayList<>();
        database.query("SELECT sealed FROM pipeline WHERE epoch >= 0", row -> found.add(row.getLong(1)));
        return found.stream().findFirst();
    }

    /** What each step has; counts all keys. */
    List<StepState> stepStates(long nowMillis) throws SQLException {
        Map<String, List<Position>> positions = positions().stream().collect(groupingBy(Position::stepId));
        Map<String, Long> pending = pending().stream().collect(groupingBy(PendingHandle::sinkId, counting()));
        Map<String, Long> keys = keyCounts(nowMillis);
        return steps(nowMillis).stream()
                .map(id -> new StepState(
                        id,
                        positions.getOrDefault(id, List.of()),
                        keys.getOrDefault(id, 0L),
                        pending.getOrDefault(id, 0L)))
                .toList();
    }

    /** Only where keys may have expired, they are looked at one by one. */
    private Map<String, Long> keyCounts(long nowMillis) throws SQLException {
        Map<String, Long> keys = new HashMap<>();
        database.query(
                "SELECT id, sum(entries) FROM keyed_block JOIN step ON step = step.number"
                        + " WHERE expires IS NULL OR expires > ? GROUP BY id",
                row -> keys.put(row.getString(1), row.getLong(2)),
                nowMillis);
        database.query(
                "SELECT id, block FROM keyed_block JOIN step ON step = step.number WHERE expires <= ?",
                row -> keys.merge(row.getString(1), live(row.getBytes(2), nowMillis), Long::sum),
                nowMillis);
        return keys;
    }

    private static long live(byte[] block, long nowMillis) throws SQLException {
        long count = 0;
        for (BlockCursor entries = new BlockCursor(block); entries.next(); ) {
            count += entries.isLive(nowMillis) ? 1 : 0;
        }
        return count;
    }

    List<Position> positions() throws SQLException {
        List<Position> positions = new ArrayList<>();
        database.query(
                "SELECT step, partition, descriptor, bounded, version, state, ended FROM position ORDER BY step,"
                        + " partition",
                row -> positions.add(new Position(
                        row.getString(1),
                        new Partition(row.getString(2), row.getBytes(3), row.getBoolean(4)),
                        new ResumeState(row.getInt(5), row.getBytes(6)),
                        row.getBoolean(7))));
        return positions;
    }

    List<PendingHandle> pending() throws SQLException {
        List<PendingHandle> pending = new ArrayList<>();
        database.query(
                "SELECT sink, epoch, run, writer, version, handle, row_count, byte_count FROM handle"
                        + " ORDER BY epoch, sink, run, writer",
                row -> pending.add(new PendingHandle(
                        row.getString(1),
                        new Prepared(
                                new EpochId(row.getString(3), row.getLong(2)),
                                row.getInt(4),
                                new ResumeState(row.getInt(5), row.getBytes(6)),
                                row.getLong(7),
                                row.getLong(8)))));
        return pending;
    }

    private List<WriterSnapshot> snapshots() throws SQLException {
        List<WriterSnapshot> snapshots = new ArrayList<>();
        database.query(
                "SELECT sink, writer, version, state FROM writer ORDER BY sink, writer",
                row -> snapshots.add(new WriterSnapshot(
                        row.getString(1), row.getInt(2), new ResumeState(row.getInt(3), row.getBytes(4)))));
        return snapshots;
    }

    /** The steps that own a row of any kind; looks at one block a step, not at all of them. */
    Set<String> steps(long nowMillis) throws SQLException {
        Set<String> steps = new TreeSet<>();
        database.query(
                "SELECT step FROM position UNION SELECT sink FROM handle UNION SELECT sink FROM writer"
                        + " UNION SELECT id FROM step WHERE EXISTS (SELECT 1 FROM keyed_block"
                        + " WHERE keyed_block.step = step.number AND (last_expiry IS NULL OR last_expiry > ?))",
                row -> steps.add(row.getString(1)),
                nowMillis);
        return steps;
    }

    void keyedState(String stepId, long nowMillis, BiConsumer<byte[], byte[]> entries) throws SQLException {
        database.query(
                "SELECT block FROM keyed_block WHERE step = (SELECT number FROM step WHERE id = ?) ORDER BY first",
                row -> {
                    for (BlockCursor of = new BlockCursor(row.getBytes(1)); of.next(); ) {
                        if (of.isLive(nowMillis)) {
                            entries.accept(of.key(), of.value());
                        }
                    }
                },
                stepId);
    }
}
