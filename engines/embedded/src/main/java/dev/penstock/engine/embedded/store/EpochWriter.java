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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes an epoch, inside a transaction that the caller began and ends. */
final class EpochWriter {
    /** What a batch holds in memory before it is handed over. */
    private static final int BATCH_ROWS = 1_000;

    private final Database database;
    private final KeyBlocks blocks;
    private final Map<String, Long> stepNumbers = new HashMap<>();

    EpochWriter(Database database) {
        this.database = database;
        this.blocks = new KeyBlocks(database);
    }

    void write(SealedEpoch epoch, long sealedMillis) throws SQLException {
        writePositions(epoch.positions());
        removePositions(epoch.removed());
        writeHandles(epoch.handles());
        writeSnapshots(epoch.snapshots());
        writeChanges(epoch.changes());
        blocks.dropExpired(sealedMillis);
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
        Map<String, KeyLog> bySteps = PackedChanges.joined(List.of(changes)).bySteps();
        for (Map.Entry<String, KeyLog> ofStep : bySteps.entrySet()) {
            blocks.write(stepNumber(ofStep.getKey()), SortedChanges.of(ofStep.getValue()));
        }
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
