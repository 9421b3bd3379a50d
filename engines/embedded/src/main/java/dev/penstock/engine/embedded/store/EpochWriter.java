package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Writes an epoch, inside a transaction that the caller began and ends. */
final class EpochWriter {
    /** Keys in the order of the table touch each of its pages once. */
    private static final Comparator<KeyChange> TABLE_ORDER =
            Comparator.comparing(KeyChange::stepId).thenComparing(KeyChange::key, Arrays::compareUnsigned);

    /** What a batch holds in memory before it is handed over. */
    private static final int BATCH_ROWS = 1_000;

    private final Database database;
    private final Map<String, Long> stepNumbers = new HashMap<>();

    EpochWriter(Database database) {
        this.database = database;
    }

    void write(SealedEpoch epoch, long sealedMillis) throws SQLException {
        writePositions(epoch.positions());
        removePositions(epoch.removed());
        writeHandles(epoch.handles());
        writeSnapshots(epoch.snapshots());
        writeChanges(epoch.changes());
        database.update("DELETE FROM keyed WHERE expires <= ?", sealedMillis);
        database.update(
                "UPDATE pipeline SET run = ?, epoch = ?, sealed = ? WHERE id = 1",
                epoch.id().runId(),
                epoch.id().epoch(),
                sealedMillis);
    }

    private void writePositions(List<Position> positions) throws SQLException {
        PreparedStatement insert = database.prepare("INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, ?, ?, ?)");
        Batch batch = new Batch(insert);
        for (Position position : positions) {
            insert.setString(1, position.stepId());
            insert.setString(2, position.partition().id());
            insert.setBytes(3, position.partition().descriptor());
            insert.setBoolean(4, position.partition().bounded());
            insert.setInt(5, position.state().version());
            insert.setBytes(6, position.state().bytes());
            insert.setBoolean(7, position.ended());
            batch.add();
        }
        batch.finish();
    }

    private void removePositions(List<PartitionKey> removed) throws SQLException {
        for (PartitionKey key : removed) {
            database.update("DELETE FROM position WHERE step = ? AND partition = ?", key.stepId(), key.partitionId());
        }
    }

    private void writeHandles(List<PendingHandle> handles) throws SQLException {
        PreparedStatement insert = database.prepare("INSERT OR REPLACE INTO handle VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        for (PendingHandle pending : handles) {
            Prepared prepared = pending.prepared();
            insert.setString(1, pending.sinkId());
            insert.setLong(2, prepared.epoch().epoch());
            insert.setString(3, prepared.epoch().runId());
            insert.setInt(4, prepared.writer());
            insert.setInt(5, prepared.handle().version());
            insert.setBytes(6, prepared.handle().bytes());
            insert.setLong(7, prepared.rows());
            insert.setLong(8, prepared.bytes());
            insert.executeUpdate();
        }
    }

    void removeHandles(String sinkId, List<EpochId> epochs) throws SQLException {
        for (EpochId epoch : epochs) {
            database.update(
                    "DELETE FROM handle WHERE sink = ? AND epoch = ? AND run = ?",
                    sinkId,
                    epoch.epoch(),
                    epoch.runId());
        }
    }

    private void writeSnapshots(List<WriterSnapshot> snapshots) throws SQLException {
        for (String sink : snapshots.stream().map(WriterSnapshot::sinkId).collect(Collectors.toSet())) {
            database.update("DELETE FROM writer WHERE sink = ?", sink);
        }
        PreparedStatement insert = database.prepare("INSERT INTO writer VALUES (?, ?, ?, ?)");
        for (WriterSnapshot snapshot : snapshots) {
            insert.setString(1, snapshot.sinkId());
            insert.setInt(2, snapshot.writer());
            insert.setInt(3, snapshot.state().version());
            insert.setBytes(4, snapshot.state().bytes());
            insert.executeUpdate();
        }
    }

    private void writeChanges(List<KeyChange> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        PreparedStatement put = database.prepare("INSERT INTO keyed VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO UPDATE SET value = excluded.value, expires = excluded.expires,"
                + " event_due = excluded.event_due, clock_due = excluded.clock_due");
        PreparedStatement drop = database.prepare("DELETE FROM keyed WHERE step = ? AND key = ?");
        Batch puts = new Batch(put);
        Batch drops = new Batch(drop);
        for (KeyChange change : lastOfEachKey(changes)) {
            Batch batch = change.value().isPresent() ? puts : drops;
            batch.statement.setLong(1, stepNumber(change.stepId()));
            batch.statement.setBytes(2, change.key());
            if (change.value().isPresent()) {
                put.setBytes(3, change.value().get());
                bind(put, 4, change.times().expiresMillis());
                bind(put, 5, change.times().eventDue());
                bind(put, 6, change.times().clockDue());
            }
            batch.add();
        }
        puts.finish();
        drops.finish();
    }

    private static void bind(PreparedStatement put, int parameter, OptionalLong time) throws SQLException {
        if (time.isPresent()) {
            put.setLong(parameter, time.getAsLong());
        } else {
            put.setNull(parameter, Types.INTEGER);
        }
    }

    /** In the order of the table; of several changes of a key, the last alone. */
    private static List<KeyChange> lastOfEachKey(List<KeyChange> changes) {
        KeyChange[] ordered = changes.toArray(KeyChange[]::new);
        Arrays.sort(ordered, TABLE_ORDER);
        int kept = 0;
        for (int i = 0; i < ordered.length; i++) {
            boolean superseded = i + 1 < ordered.length && TABLE_ORDER.compare(ordered[i], ordered[i + 1]) == 0;
            if (!superseded) {
                ordered[kept++] = ordered[i];
            }
        }
        return Arrays.asList(ordered).subList(0, kept);
    }

    private long stepNumber(String stepId) throws SQLException {
        Long known = stepNumbers.get(stepId);
        if (known != null) {
            return known;
        }
        database.update("INSERT OR IGNORE INTO step (id) VALUES (?)", stepId);
        database.query("SELECT number FROM step WHERE id = ?", row -> stepNumbers.put(stepId, row.getLong(1)), stepId);
        return stepNumbers.getOrDefault(stepId, -1L);
    }

    /** Forgets numbers of steps that a transaction which failed may have given. */
    void forgetSteps() {
        stepNumbers.clear();
    }

    /** Hands rows over some at a time, so that what the driver keeps of them stays small. */
    private static final class Batch {
        private final PreparedStatement statement;
        private int rows;

        Batch(PreparedStatement statement) {
            this.statement = statement;
        }

        void add() throws SQLException {
            statement.addBatch();
            rows++;
            if (rows % BATCH_ROWS == 0) {
                statement.executeBatch();
            }
        }

        void finish() throws SQLException {
            if (rows % BATCH_ROWS != 0) {
                statement.executeBatch();
            }
        }
    }
}
